// A camera's year, day by day: how many pictures each day has, and where there should be some and are none. Pure.
import type { HourCounts } from '../gallery/timeline';
import { dayWords, pictureWords, shortDayWords } from '../time/words';
import { DAY_MS, HOUR_MS, dayOf, type DayNumber, type OffsetAt } from '../time/zone';

export interface CalendarDay {
  day: DayNumber;
  count: number;
  /** 0: none; 1 to LEVELS: few to many, compared with the fullest day of all years. */
  level: number;
  /** `gap`: none, between days that have some, or until today. `outside`: before its first picture, or to come. */
  kind: 'pictures' | 'gap' | 'outside';
}

export interface Gap {
  first: DayNumber;
  last: DayNumber;
}

export interface Year {
  year: number;
  /** Weeks from Monday; undefined: a day of another year. */
  weeks: readonly (readonly (CalendarDay | undefined)[])[];
  /** The longest first. */
  gaps: readonly Gap[];
  pictures: number;
  days: number;
}

export const LEVELS = 4;
const DAYS_A_WEEK = 7;
// 1 January 1970 was a Thursday: the fourth day of a week that begins on Monday.
const EPOCH_WEEKDAY = 3;

export type DayCounts = ReadonlyMap<DayNumber, number>;

export function daysOf(counts: HourCounts, offsetAt: OffsetAt): DayCounts {
  const days = new Map<DayNumber, number>();
  for (const [start, count] of counts) {
    const day = dayOf(start + HOUR_MS / 2, offsetAt);
    days.set(day, (days.get(day) ?? 0) + count);
  }
  return days;
}

function yearNumber(day: DayNumber): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** The years that have a picture, and this one; newest first. */
export function yearsOf(days: DayCounts, today: DayNumber): number[] {
  return [...new Set([today, ...days.keys()].map(yearNumber))].sort((a, b) => b - a);
}

export function yearFrom(days: DayCounts, year: number, today: DayNumber): Year {
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  const end = Date.UTC(year + 1, 0, 1) / DAY_MS;
  const born = Math.min(...days.keys());
  const most = Math.max(1, ...days.values());
  const calendar = Array.from({ length: end - first }, (_, i): CalendarDay => {
    const day = first + i;
    const count = days.get(day) ?? 0;
    // The square root keeps a day of three pictures apart from none, beside one of three thousand.
    const level = count === 0 ? 0 : Math.max(1, Math.ceil(LEVELS * Math.sqrt(count / most)));
    const kind = count > 0 ? 'pictures' : day > born && day <= today ? 'gap' : 'outside';
    return { day, count, level, kind };
  });
  const weekday = (day: DayNumber) => (day + EPOCH_WEEKDAY) % DAYS_A_WEEK;
  const cells: (CalendarDay | undefined)[] = [
    ...Array.from({ length: weekday(first) }, () => undefined),
    ...calendar,
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / DAYS_A_WEEK) }, (_, week) =>
    cells.slice(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK),
  );
  return {
    year,
    weeks,
    gaps: gapsIn(calendar),
    pictures: calendar.reduce((sum, { count }) => sum + count, 0),
    days: calendar.filter(({ count }) => count > 0).length,
  };
}

function gapsIn(calendar: readonly CalendarDay[]): Gap[] {
  const gaps: Gap[] = [];
  let open: Gap | undefined;
  for (const { day, kind } of calendar) {
    if (kind !== 'gap') open = undefined;
    else if (open) open.last = day;
    else gaps.push((open = { first: day, last: day }));
  }
  const length = ({ first, last }: Gap) => last - first;
  return gaps.sort((a, b) => length(b) - length(a) || b.first - a.first);
}

/** "3 Mar to 14 Mar: 12 days without a picture", "3 Mar: a day without a picture". */
export function gapWords({ first, last }: Gap): string {
  if (first === last) return `${shortDayWords(first)}: a day without a picture`;
  return `${shortDayWords(first)} to ${shortDayWords(last)}: ${last - first + 1} days without a picture`;
}

/** "Sunday 22 November 2026: 24 pictures". */
export function cellWords({ day, count, kind }: CalendarDay, today: DayNumber): string {
  const none =
    day > today ? 'yet to come' : kind === 'gap' ? 'a gap, no picture' : 'before its first picture';
  return `${dayWords(day, today)}: ${count > 0 ? pictureWords(count) : none}`;
}

/** "1,204 pictures on 61 days, 2 gaps" */
export function yearWords({ pictures, days, gaps }: Year): string {
  const on = days === 1 ? '1 day' : `${days} days`;
  const holes = gaps.length === 0 ? 'no gap' : gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`;
  return `${pictureWords(pictures)} on ${on}, ${holes}`;
}
