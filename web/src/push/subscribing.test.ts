import { beforeEach, expect, it, vi } from 'vitest';
import { addSubscription, fetchPush, removeSubscription, type Push } from '../api/push';
import { fetchSession } from '../api/session';
import { ownSubscription, rememberOwn } from './ownSubscription';
import { keyOf, subscribe, subscribeAgain, unsubscribe } from './subscribing';

vi.mock('../api/push');
vi.mock('../api/session');
vi.mock('./ownSubscription');

const KNOWN: Push['subscriptions'][number] = {
  id: 'a',
  service: 'push.example.org',
  kinds: ['battery'],
  created_at: 0,
  told_at: null,
  failing: null,
};

const made = (endpoint: string, bytes: number[]) => ({
  endpoint,
  options: { applicationServerKey: new Uint8Array(bytes).buffer },
  toJSON: () => ({ keys: { p256dh: 'p', auth: 'a' } }),
  unsubscribe: vi.fn(() => Promise.resolve(true)),
});

let before: ReturnType<typeof made> | null;
const pushManager = {
  getSubscription: () => Promise.resolve(before),
  subscribe: vi.fn(() => Promise.resolve(made('https://push.example.org/2', [1, 2, 3]))),
};
const registration = { pushManager } as unknown as ServiceWorkerRegistration;

beforeEach(() => {
  vi.clearAllMocks();
  before = null;
  vi.mocked(ownSubscription).mockResolvedValue(undefined);
  vi.mocked(addSubscription).mockResolvedValue('b');
  vi.mocked(removeSubscription).mockResolvedValue();
  vi.mocked(fetchPush).mockResolvedValue({ public_key: 'AQID', kinds: [], subscriptions: [KNOWN] });
});

it.each([
  [[], ''],
  [[1, 2, 3], 'AQID'],
  [[251, 239, 255], '--__'],
  [[1], 'AQ'],
])('writes the key %j as the server does', (bytes, key) => {
  expect(keyOf(made('', bytes) as unknown as PushSubscription)).toBe(key);
});

it('never goes on with a subscription that is there', async () => {
  const there = made('https://push.example.org/1', [1, 2, 3]);
  before = there;
  await subscribe(registration, 'AQID', ['silent']);
  expect(there.unsubscribe).toHaveBeenCalledBefore(pushManager.subscribe);
  expect(pushManager.subscribe).toHaveBeenCalledExactlyOnceWith({
    userVisibleOnly: true,
    applicationServerKey: 'AQID',
  });
});

it('subscribes again to what was told before, and has the old one forgotten', async () => {
  vi.mocked(ownSubscription).mockResolvedValue({ id: 'a', endpoint: 'https://push.example.org/1' });
  await subscribeAgain(registration);
  // It brings the token without which the server changes nothing.
  expect(fetchSession).toHaveBeenCalledBefore(vi.mocked(addSubscription));
  expect(vi.mocked(addSubscription).mock.lastCall?.[0].kinds).toEqual(['battery']);
  expect(rememberOwn).toHaveBeenCalledExactlyOnceWith({ id: 'b', endpoint: 'https://push.example.org/2' });
  expect(removeSubscription).toHaveBeenCalledExactlyOnceWith('a');
});

it('keeps what the server knows by the same name', async () => {
  vi.mocked(ownSubscription).mockResolvedValue({ id: 'b', endpoint: 'https://push.example.org/2' });
  await subscribe(registration, 'AQID', ['silent']);
  expect(removeSubscription).not.toHaveBeenCalled();
});

it('has the server forget it before the browser does', async () => {
  const there = made('https://push.example.org/1', [1, 2, 3]);
  before = there;
  await unsubscribe(registration, 'a');
  expect(removeSubscription).toHaveBeenCalledExactlyOnceWith('a');
  expect(removeSubscription).toHaveBeenCalledBefore(there.unsubscribe);
  expect(rememberOwn).toHaveBeenCalledExactlyOnceWith(undefined);
});

it.each([
  ['this browser was never switched on', undefined],
  ['it was removed elsewhere', { id: 'x', endpoint: 'https://push.example.org/1' }],
])('does not subscribe again when %s', async (_, own) => {
  vi.mocked(ownSubscription).mockResolvedValue(own);
  await subscribeAgain(registration);
  expect(addSubscription).not.toHaveBeenCalled();
});
