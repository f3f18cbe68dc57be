import { expect, test } from 'vitest';
import { pictureAge } from './pictureWords';

const MINUTE_MS = 60_000;

test.each([
  ['Taken a minute ago', 10, 10],
  ['Taken 4 minutes ago', 4 * MINUTE_MS, 4 * MINUTE_MS - 800],
  ['Taken 3 hours ago, and 60 minutes on its way', 180 * MINUTE_MS, 120 * MINUTE_MS],
  ['Came 5 minutes ago, by a clock that is ahead', -10 * MINUTE_MS, 5 * MINUTE_MS],
])('%s', (words, takenAgo, cameAgo) => {
  const now = Date.UTC(2026, 10, 22);
  expect(pictureAge({ captured_at: now - takenAgo, received_at: now - cameAgo }, now)).toBe(words);
});
