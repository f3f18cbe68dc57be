// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/http';
import {
  addSubscription,
  fetchPush,
  removeSubscription,
  setSubscriptionKinds,
  trySubscription,
  type Push,
  type PushSubscriptionFacts,
} from '../api/push';
import { makeQueries } from '../queries';
import { Toasts, ToastsProvider } from '../ui/toasts';
import { abilities } from './ability';
import { NotificationsPanel } from './NotificationsPanel';
import { ownSubscription, rememberOwn, type Own } from './ownSubscription';

vi.mock('../api/push');
vi.mock(import('./ability'), async (original) => ({ ...(await original()), abilities: vi.fn() }));
vi.mock('./ownSubscription');

const ENDPOINT = 'https://push.example.org/1';
// Of the bytes 1, 2 and 3, as the server writes them.
const KEY = 'AQID';

/** A browser that can be subscribed, as far as the panel asks it. */
const browser = {
  subscription: undefined as { endpoint: string; bytes: number[] } | undefined,
  own: undefined as Own | undefined,
  subscribe: () => {
    browser.subscription = { endpoint: ENDPOINT, bytes: [1, 2, 3] };
  },
};
const pushManager = {
  getSubscription: () => Promise.resolve(asGiven()),
  subscribe: () => {
    browser.subscribe();
    return Promise.resolve(asGiven());
  },
};

function asGiven() {
  const { subscription } = browser;
  if (!subscription) return null;
  return {
    endpoint: subscription.endpoint,
    options: { applicationServerKey: new Uint8Array(subscription.bytes).buffer },
    toJSON: () => ({ keys: { p256dh: 'p', auth: 'a' } }),
    unsubscribe: () => {
      browser.subscription = undefined;
      return Promise.resolve(true);
    },
  };
}

let server: Push;
let toasts: Toasts;

function known(id: string, more: Partial<PushSubscriptionFacts> = {}): PushSubscriptionFacts {
  return {
    id,
    service: 'push.example.org',
    kinds: ['silent'],
    created_at: 0,
    told_at: null,
    failing: null,
    ...more,
  };
}

beforeEach(() => {
  const registration = { pushManager };
  vi.stubGlobal('Notification', { requestPermission: () => Promise.resolve('granted') });
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: {
      ready: Promise.resolve(registration),
      register: () => Promise.resolve(registration),
      getRegistration: () => Promise.resolve(registration),
    },
  });
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  server = { public_key: KEY, kinds: ['silent', 'battery'], subscriptions: [] };
  browser.subscription = undefined;
  browser.own = undefined;
  toasts = new Toasts();
  vi.mocked(abilities).mockReturnValue({
    secure: true,
    push: true,
    standalone: undefined,
    permission: 'granted',
  });
  vi.mocked(ownSubscription).mockImplementation(() => Promise.resolve(browser.own));
  vi.mocked(rememberOwn).mockImplementation((own) => {
    browser.own = own;
    return Promise.resolve();
  });
  vi.mocked(fetchPush).mockImplementation(() => Promise.resolve(server));
  vi.mocked(addSubscription).mockImplementation(({ kinds }) => {
    const others = server.subscriptions.filter(({ id }) => id !== 'a');
    server = { ...server, subscriptions: [known('a', { kinds }), ...others] };
    return Promise.resolve('a');
  });
  vi.mocked(removeSubscription).mockImplementation((id) => {
    server = { ...server, subscriptions: server.subscriptions.filter((one) => one.id !== id) };
    return Promise.resolve();
  });
  vi.mocked(setSubscriptionKinds).mockImplementation((id, kinds) => {
    server = {
      ...server,
      subscriptions: server.subscriptions.map((one) => (one.id === id ? { ...one, kinds } : one)),
    };
    return Promise.resolve();
  });
});

function show() {
  render(
    <QueryClientProvider client={makeQueries()}>
      <ToastsProvider value={toasts}>
        <NotificationsPanel />
      </ToastsProvider>
    </QueryClientProvider>,
  );
}

/** This browser, switched on some time ago. */
function switchedOn() {
  browser.subscription = { endpoint: ENDPOINT, bytes: [1, 2, 3] };
  browser.own = { id: 'a', endpoint: ENDPOINT };
  server = { ...server, subscriptions: [known('a')] };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
const SILENT = 'A camera falls silent';
const BATTERY = 'A camera’s battery is nearly empty';

it('switches this browser on, for all that there is to tell', async () => {
  show();
  await screen.findByText('This browser is told nothing.');
  await press('Switch on');
  expect((await box(SILENT)).checked).toBe(true);
  expect((await box(BATTERY)).checked).toBe(true);
  expect(addSubscription).toHaveBeenCalledWith({
    endpoint: ENDPOINT,
    keys: { p256dh: 'p', auth: 'a' },
    kinds: ['silent', 'battery'],
  });
  expect(screen.getByRole('listitem').textContent).toContain('this browser');
});

it('is told nothing that it is not asked for: what the server does not tell is not offered', async () => {
  switchedOn();
  show();
  await box(SILENT);
  expect(screen.getAllByRole('checkbox')).toHaveLength(2);
});

it('says when the browser was not allowed to', async () => {
  vi.stubGlobal('Notification', { requestPermission: () => Promise.resolve('denied') });
  show();
  await press('Switch on');
  expect(
    (await screen.findByText(/not allowed to show notifications/)).closest('[role=alert]'),
  ).not.toBeNull();
  expect(addSubscription).not.toHaveBeenCalled();
});

it('makes another subscription when the server has another key', async () => {
  switchedOn();
  browser.subscription = { endpoint: 'https://push.example.org/older', bytes: [9, 9, 9] };
  show();
  await screen.findByText(/The server has another key/);
  await press('Switch on');
  await box(SILENT);
  expect(browser.subscription).toEqual({ endpoint: ENDPOINT, bytes: [1, 2, 3] });
});

it('switches off at once, and on again with the same choice', async () => {
  switchedOn();
  show();
  await press('Switch off');
  await screen.findByText('This browser is told nothing.');
  await waitFor(() => expect(toasts.shown()).toHaveLength(1));
  expect(browser.subscription).toBeUndefined();
  toasts.shown()[0]?.action?.run();
  expect((await box(SILENT)).checked).toBe(true);
  expect((await box(BATTERY)).checked).toBe(false);
});

it('is on again when the server could not be told', async () => {
  switchedOn();
  vi.mocked(removeSubscription).mockRejectedValue(new ApiError(503, 'too busy'));
  show();
  await press('Switch off');
  await waitFor(() => expect(toasts.shown()[0]?.words).toBe('Too busy.'));
  expect((await box(SILENT)).checked).toBe(true);
});

it('shows a choice at once, and takes back what the server refused', async () => {
  switchedOn();
  let refuse: (error: Error) => void = () => undefined;
  vi.mocked(setSubscriptionKinds).mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)));
  show();
  await userEvent.click(await box(BATTERY));
  await waitFor(async () => expect((await box(BATTERY)).checked).toBe(true));
  // What is true cannot be read again either.
  vi.mocked(fetchPush).mockRejectedValue(new ApiError(503, 'too busy'));
  refuse(new ApiError(503, 'too busy'));
  await waitFor(async () => expect((await box(BATTERY)).checked).toBe(false));
  expect(toasts.shown()[0]?.words).toBe('Too busy.');
  await userEvent.click(await box(BATTERY));
  await waitFor(() => expect(server.subscriptions[0]?.kinds).toEqual(['silent', 'battery']));
});

it.each([
  [true, 'Sent: it should be on the screen in a moment.'],
  [false, 'It was not sent: the service is away'],
])('tells what came of a try that is taken: %s', async (taken, words) => {
  switchedOn();
  vi.mocked(trySubscription).mockResolvedValue({ taken, status: 500, detail: 'the service is away' });
  show();
  await press('Try it');
  expect(await screen.findByText(words)).toBeDefined();
  expect(trySubscription).toHaveBeenCalledExactlyOnceWith('a');
});

it('removes another browser, once that is meant', async () => {
  switchedOn();
  server.subscriptions.push(known('b', { service: 'web.push.apple.com', failing: 'it answered 500' }));
  show();
  const rows = await screen.findAllByRole('listitem');
  expect(rows[0]?.querySelector('button')).toBeNull();
  expect(rows[1]?.textContent).toContain('It could not be told: it answered 500');
  await press('Remove Safari');
  await press('Remove it');
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
  expect(removeSubscription).toHaveBeenCalledExactlyOnceWith('b');
});

it('says why this browser cannot be told, and shows the others', async () => {
  vi.mocked(abilities).mockReturnValue({
    secure: true,
    push: false,
    standalone: false,
    permission: 'default',
  });
  server.subscriptions = [known('b')];
  show();
  await screen.findByText(/Add to Home Screen/);
  expect(screen.getByRole('button', { name: 'Remove push.example.org' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Switch on' })).toBeNull();
});
