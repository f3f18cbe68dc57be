import { expect, test } from 'vitest';
import { HOUR_MS } from '../time/zone';
import { anAlert } from './anAlert';
import { alertTimes } from './alertWords';

const OPENED = new Date(2026, 10, 22, 15, 1).getTime();

test.each([
  ['open', null, 3 * HOUR_MS, 'Since 22 Nov 2026, 15:01, for 3 hours'],
  ['over', OPENED + 5 * HOUR_MS, 90 * HOUR_MS, '22 Nov 2026, 15:01, for 5 hours'],
  [
    'opened by a clock that is ahead of the reader’s',
    null,
    -HOUR_MS,
    'Since 22 Nov 2026, 15:01, for a minute',
  ],
])('%s', (_, closed_at, later, words) => {
  expect(alertTimes(anAlert({ opened_at: OPENED, closed_at }), OPENED + later)).toBe(words);
});
