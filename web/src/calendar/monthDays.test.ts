import { expect, it } from 'vitest';
import { readDay } from '../timemachine/days';
import { aroundMonth, weeksOfMonth } from './monthDays';

const day = (text: string) => readDay(text) ?? NaN;
const COUNTS = new Map([
  [day('2026-06-01'), 4],
  [day('2026-05-09'), 1],
  [day('2026-05-02'), 4],
  [day('2025-12-31'), 9],
  [day('2025-12-01'), 9],
]);

it('lays a month out by weeks, with what each day has', () => {
  const weeks = weeksOfMonth(COUNTS, day('2026-05-03'), day('2026-06-02'));
  expect(weeks).toHaveLength(5);
  // 1 May 2026 is a Friday.
  expect(weeks[0]?.map((cell) => cell?.count)).toEqual([undefined, undefined, undefined, undefined, 0, 4, 0]);
  expect(weeks.flat().filter((cell) => cell !== undefined)).toHaveLength(31);
});

it.each([
  ['2026-05-20', '2025-12-31', '2026-06-01'],
  ['2026-02-01', '2025-12-31', '2026-05-02'],
  ['2025-12-05', undefined, '2026-05-02'],
  ['2027-01-01', '2026-06-01', undefined],
])('from %s there are %s and %s', (of, before, after) => {
  expect(aroundMonth(COUNTS.keys(), day(of))).toEqual({
    before: before && day(before),
    after: after && day(after),
  });
});
