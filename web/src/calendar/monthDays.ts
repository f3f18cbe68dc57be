// One month of the calendar, and the months beside it that have pictures. Pure.
import { monthOf, yearOf } from '../time/words';
import type { DayNumber } from '../time/zone';
import { yearFrom, type CalendarDay, type DayCounts } from './year';

const monthNumber = (day: DayNumber) => yearOf(day) * 12 + monthOf(day);

/** The weeks of a day's month, from Monday; undefined: a day of another month. */
export function weeksOfMonth(
  counts: DayCounts,
  day: DayNumber,
  today: DayNumber,
): (CalendarDay | undefined)[][] {
  return yearFrom(counts, yearOf(day), today)
    .weeks.map((week) => week.map((cell) => (cell && monthOf(cell.day) === monthOf(day) ? cell : undefined)))
    .filter((week) => week.some((cell) => cell !== undefined));
}

/** The day with pictures that is next to a day's month: before it, and after it. */
export function aroundMonth(
  days: Iterable<DayNumber>,
  of: DayNumber,
): { before: DayNumber | undefined; after: DayNumber | undefined } {
  let before: DayNumber | undefined;
  let after: DayNumber | undefined;
  for (const day of days) {
    if (monthNumber(day) < monthNumber(of) && day > (before ?? -Infinity)) before = day;
    if (monthNumber(day) > monthNumber(of) && day < (after ?? Infinity)) after = day;
  }
  return { before, after };
}
