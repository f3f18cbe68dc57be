// The browsers that are told, for a person. Pure.
import type { PushSubscriptionFacts, PushTried } from '../api/push';
import { momentWords } from '../time/words';

// Whose browsers are told there.
const SERVICES: readonly (readonly [host: RegExp, name: string])[] = [
  [/(^|\.)googleapis\.com$/, 'Chrome, or one like it'],
  [/(^|\.)push\.services\.mozilla\.com$/, 'Firefox'],
  [/(^|\.)notify\.windows\.com$/, 'Edge'],
  [/(^|\.)push\.apple\.com$/, 'Safari'],
];

/** "Firefox"; the host itself when it is of nobody that we know. */
export function serviceWords(host: string): string {
  return SERVICES.find(([of]) => of.test(host))?.[1] ?? host;
}

export function subscriptionFacts({
  service,
  created_at,
  told_at,
  failing,
}: PushSubscriptionFacts): string[] {
  const told = told_at === null ? 'told nothing yet' : `last told ${momentWords(told_at)}`;
  const since = `By ${service} · since ${momentWords(created_at)} · ${told}`;
  return failing === null ? [since] : [since, `It could not be told: ${failing}`];
}

export function triedWords({ taken, detail }: PushTried): string {
  return taken ? 'Sent: it should be on the screen in a moment.' : `It was not sent: ${detail}`;
}
