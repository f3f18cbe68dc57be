import { expect, test } from 'vitest';
import { presenceWords } from './presenceWords';

const HOUR_MS = 3_600_000;

test.each([
  ['unknown', null, null, 'Never heard'],
  ['online', HOUR_MS - 119_000, HOUR_MS, 'Online'],
  ['online', HOUR_MS - 240_000, HOUR_MS, 'Online, heard 4 minutes ago'],
  ['online', null, null, 'Online'],
  ['asleep', 0, 1.5 * HOUR_MS, 'Asleep, due in 30 minutes'],
  ['asleep', 0, HOUR_MS - 1, 'Asleep'],
  ['late', 0, HOUR_MS - 30_000, 'Late by a minute'],
  ['silent', -50 * HOUR_MS, 0, 'Silent for 2 days'],
] as const)('%s, heard at %s, due at %s', (presence, heard_at, due_at, words) => {
  expect(presenceWords({ presence, heard_at, due_at }, HOUR_MS)).toBe(words);
});
