// How this browser comes to be told, and no longer. Page and service worker share it.
import type { AlertKind } from '../api/alerts';
import { addSubscription, fetchPush, removeSubscription } from '../api/push';
import { fetchSession } from '../api/session';
import { ownSubscription, rememberOwn } from './ownSubscription';

// A browser gives its worker half a minute for what it was woken for.
const AGAIN_MAX_MS = 25_000;

/** Of the server's key, as the server writes it. */
export function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Asks the browser for a subscription, and tells the server of it; the browser must have been allowed to show what comes. */
export async function subscribe(
  { pushManager }: ServiceWorkerRegistration,
  publicKey: string,
  kinds: readonly AlertKind[],
): Promise<void> {
  // One that is there may be for another key, or forgotten by its service: browsers would give the same again, or none.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { keys } = made.toJSON();
  const { endpoint } = made;
  const known = await ownSubscription();
  const id = await addSubscription({
    endpoint,
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    kinds: [...kinds],
  });
  await rememberOwn({ id, endpoint });
  // The server may know this browser by where it was, or somebody else may have used it before.
  if (known && known.id !== id) await removeSubscription(known.id).catch(() => undefined);
}

/** The server forgets it first: what the browser alone has forgotten would be told to nobody until then. */
export async function unsubscribe(registration: ServiceWorkerRegistration, id: string): Promise<void> {
  await removeSubscription(id);
  await letGo(registration);
}

/** Of what the server has forgotten already. */
async function letGo(registration: ServiceWorkerRegistration | undefined): Promise<void> {
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  await rememberOwn(undefined);
}

/** In the service worker, when the browser has given up the subscription: the next one tells the same. */
export async function subscribeAgain(registration: ServiceWorkerRegistration): Promise<void> {
  const own = await ownSubscription();
  if (!own) return;
  const signal = AbortSignal.timeout(AGAIN_MAX_MS);
  // It brings the token that goes with changes.
  await fetchSession(signal);
  const { public_key, subscriptions } = await fetchPush(signal);
  const before = subscriptions.find(({ id }) => id === own.id);
  if (before) await subscribe(registration, public_key, before.kinds);
}

/** After signing out, with which the server has forgotten this browser. */
export async function forgetHere(): Promise<void> {
  await letGo(await navigator.serviceWorker.getRegistration());
}
