import { beforeEach, expect, it, vi } from 'vitest';
import type { OpenPage, WorkerScope } from '../pwa/workerScope';
import { followPushes } from './followPushes';
import { subscribeAgain } from './subscribing';

vi.mock('./subscribing');

type Listener = (event: object) => void;

const listeners = new Map<string, Listener>();
const showNotification = vi.fn(() => Promise.resolve());
const openWindow = vi.fn(() => Promise.resolve());
let pages: OpenPage[];
const registration = { showNotification };

beforeEach(() => {
  vi.clearAllMocks();
  pages = [];
  followPushes({
    location: { origin: 'https://photos.example.org' },
    registration,
    clients: { matchAll: () => Promise.resolve(pages), openWindow },
    addEventListener: (type: string, on: Listener) => listeners.set(type, on),
  } as unknown as WorkerScope);
});

/** What the worker does, to its end. */
async function happens(type: string, event: object): Promise<void> {
  let work: Promise<unknown> = Promise.reject(new Error('it did not say how long it takes'));
  work.catch(() => undefined);
  listeners.get(type)?.({ ...event, waitUntil: (given: Promise<unknown>) => (work = given) });
  await work;
}

const close = vi.fn();
const clicked = (data: unknown) => happens('notificationclick', { notification: { data, close } });

function aPage(more: Partial<OpenPage> = {}): OpenPage {
  return {
    focused: false,
    visibilityState: 'hidden',
    focus: vi.fn(() => Promise.resolve()),
    navigate: vi.fn(() => Promise.resolve({})),
    ...more,
  };
}

it.each([
  ['a message', { text: () => '{"title":"Weir fell silent"}' }, 'Weir fell silent'],
  ['nothing', null, 'Heliograph'],
])('shows %s', async (_, data, title) => {
  await happens('push', { data });
  expect(showNotification).toHaveBeenCalledExactlyOnceWith(title, expect.anything());
});

it('leads the page in hand, and opens no other', async () => {
  pages = [aPage(), aPage({ focused: true })];
  await clicked('/?page=fleet');
  expect(close).toHaveBeenCalledOnce();
  expect(pages[0]?.navigate).not.toHaveBeenCalled();
  expect(pages[1]?.focus).toHaveBeenCalledOnce();
  expect(pages[1]?.navigate).toHaveBeenCalledExactlyOnceWith('/?page=fleet');
  expect(openWindow).not.toHaveBeenCalled();
});

it.each([
  ['none is open', () => []],
  ['it was closed just now', () => [aPage({ focus: () => Promise.reject(new Error('gone')) })]],
  ['it cannot be led', () => [aPage({ navigate: () => Promise.reject(new TypeError('not ours')) })]],
])('opens a page when %s', async (_, open) => {
  pages = open();
  await clicked('/?page=fleet');
  expect(openWindow).toHaveBeenCalledExactlyOnceWith('/?page=fleet');
});

it('leads nowhere else, whatever a notification says', async () => {
  await clicked('https://evil.example/');
  expect(openWindow).toHaveBeenCalledExactlyOnceWith('/?page=alerts');
});

it('subscribes again when the browser has given the subscription up', async () => {
  vi.mocked(subscribeAgain).mockResolvedValue();
  await happens('pushsubscriptionchange', {});
  expect(subscribeAgain).toHaveBeenCalledExactlyOnceWith(registration);
});
