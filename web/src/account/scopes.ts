// What a token can be given, and for how long. Pure.
import type { ApiToken, Scope } from '../api/account';
import type { SignedIn } from '../api/session';
import { mayOperate } from '../session/rights';
import { momentWords } from '../time/words';
import { DAY_MS } from '../time/zone';

interface ScopeChoice {
  scope: Scope;
  label: string;
}

const READ: ScopeChoice = { scope: 'read', label: 'See what you see: pictures, cameras, changes' };
const CONTROL: ScopeChoice = { scope: 'control', label: 'Do what an operator does: star, tidy, share' };
const INGEST: ScopeChoice = { scope: 'ingest', label: 'Send pictures of cameras, for what collects them' };

/** Only what the person may do themselves. */
export function scopeChoices(person: SignedIn): readonly ScopeChoice[] {
  return mayOperate(person) ? [READ, CONTROL, INGEST] : [READ];
}

/** Days; null: for ever. */
export const LIFETIMES: readonly { days: number | null; label: string }[] = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
  { days: null, label: 'Until it is removed' },
];

export function expiryAfter(days: number | null, now: number): number | null {
  return days === null ? null : now + days * DAY_MS;
}

export function tokenFacts({ scopes, expires_at, used_at }: ApiToken, now: number): string[] {
  const used = used_at === null ? 'never used' : `last used ${momentWords(used_at)}`;
  return [`${scopes.join(', ')} · ${endWords(expires_at, now)} · ${used}`];
}

function endWords(end: number | null, now: number): string {
  if (end === null) return 'does not end';
  return end <= now ? `ended ${momentWords(end)}` : `ends ${momentWords(end)}`;
}
