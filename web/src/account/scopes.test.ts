import { expect, it } from 'vitest';
import type { ApiToken } from '../api/account';
import type { Role, SignedIn } from '../api/session';
import { DAY_MS } from '../time/zone';
import { expiryAfter, scopeChoices, tokenFacts } from './scopes';

function person(role: Role | null, ...cameras: Role[]): SignedIn {
  return {
    id: 'a',
    name: 'guest',
    password: true,
    second_factor: false,
    role,
    cameras: cameras.map((one, i) => ({ id: String(i), role: one })),
  };
}

it.each([
  [person('viewer'), ['read']],
  [person(null, 'viewer', 'viewer'), ['read']],
  [person('operator'), ['read', 'control', 'ingest']],
  [person(null, 'viewer', 'administrator'), ['read', 'control', 'ingest']],
])('offers only what one may do oneself', (who, scopes) => {
  expect(scopeChoices(who).map(({ scope }) => scope)).toEqual(scopes);
});

it('ends after whole days, or never', () => {
  expect(expiryAfter(30, 1_000)).toBe(1_000 + 30 * DAY_MS);
  expect(expiryAfter(null, 1_000)).toBeNull();
});

it('tells when a token ends and was used', () => {
  const now = Date.parse('2026-11-26T12:00:00Z');
  const token: ApiToken = {
    id: 'a',
    name: 'script',
    scopes: ['read', 'control'],
    created_at: now,
    expires_at: null,
    used_at: null,
  };
  expect(tokenFacts(token, now)).toEqual(['read, control · does not end · never used']);
  const [old] = tokenFacts({ ...token, expires_at: now - DAY_MS, used_at: now - 2 * DAY_MS }, now);
  expect(old).toMatch(/ended 25 Nov 2026.* last used 24 Nov 2026/);
  expect(tokenFacts({ ...token, expires_at: now + DAY_MS }, now)[0]).toMatch(/ends 27 Nov 2026/);
});
