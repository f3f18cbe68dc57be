// Which of an account's subscriptions is this browser's. The server tells everything of them but where they lead, so the
// browser remembers; where both the page and the service worker can read it.

export interface Own {
  /** As the server calls it. */
  id: string;
  /** Where it led when the server was told: browsers change that at times. */
  endpoint: string;
}

// Not among the caches of the service worker, which throws away what is not of its build.
const STORE = 'heliograph-push';
const KEY = '/own-subscription';

/** None where a browser keeps nothing for its pages, as without HTTPS: it cannot be told there. */
export async function ownSubscription(): Promise<Own | undefined> {
  if (!('caches' in globalThis)) return undefined;
  const kept = await (await caches.open(STORE)).match(KEY);
  return kept && ((await kept.json()) as Own);
}

/** Undefined: there is none any more. */
export async function rememberOwn(own: Own | undefined): Promise<void> {
  const store = await caches.open(STORE);
  if (own) await store.put(KEY, Response.json(own));
  else await store.delete(KEY);
}
