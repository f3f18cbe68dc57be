import { expect, it } from 'vitest';
import { readDay } from '../timemachine/days';
import { nearestDay, nearestWords } from './nearestDay';

const day = (text: string) => readDay(text) ?? NaN;
const DAYS = ['2026-05-09', '2026-05-04', '2026-05-02', '2025-12-31'].map(day);

it.each([
  ['itself', '2026-05-04', '2026-05-04'],
  ['the nearer', '2026-05-08', '2026-05-09'],
  ['of two as near the one before', '2026-05-03', '2026-05-02'],
  ['across years', '2026-01-01', '2025-12-31'],
  ['the newest of all that are to come', '2031-01-01', '2026-05-09'],
  ['the oldest before all', '1999-01-01', '2025-12-31'],
])('finds %s', (_, asked, found) => {
  expect(nearestDay(DAYS, day(asked))).toBe(day(found));
});

it('finds nothing among none', () => {
  expect(nearestDay([], day('2026-05-04'))).toBeUndefined();
});

it('says which it is', () => {
  expect(nearestWords(day('2026-05-03'), day('2026-05-02'))).toBe(
    'No pictures on 3 May 2026: here is 2 May 2026.',
  );
});
