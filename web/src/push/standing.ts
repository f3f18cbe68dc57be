// Whether this browser is told of alerts, by what it and the server know. Pure.
import type { Push, PushSubscriptionFacts } from '../api/push';
import type { Own } from './ownSubscription';

/** What the browser itself has. */
export interface Subscribed {
  endpoint: string;
  /** The server's, that it was made for. */
  key: string;
}

/** other key: the server has another one since, and cannot reach this browser. */
export type Standing = { is: 'on'; as: PushSubscriptionFacts } | { is: 'off' } | { is: 'other key' };

/** `own`: what the browser remembers of what it told the server. */
export function standingOf(
  subscribed: Subscribed | undefined,
  own: Own | undefined,
  { public_key, subscriptions }: Push,
): Standing {
  if (!subscribed) return { is: 'off' };
  if (subscribed.key !== public_key) return { is: 'other key' };
  // Removed elsewhere, of somebody else who signed in here, or not where it was.
  const as = own?.endpoint === subscribed.endpoint && subscriptions.find(({ id }) => id === own.id);
  return as ? { is: 'on', as } : { is: 'off' };
}
