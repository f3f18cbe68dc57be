// How instants, counts and sizes are said to a person, in British English, as the page's other words are.
//
// By hand and not by Intl: its first use in a page, whatever for, costs a slow phone 0.15 s, and all of these stand in the
// first view. The test holds them beside what Intl says.
import { DAY_MS, HOUR_MS, dayOf, readerOffsets, type DayNumber, type OffsetAt } from './zone';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** "Today", "Yesterday", "Sunday 22 November 2026". */
export function dayWords(day: DayNumber, today: DayNumber): string {
  if (day === today) return 'Today';
  if (day === today - 1) return 'Yesterday';
  const date = new Date(day * DAY_MS);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${longMonthWords(day)}`;
}

/** "22 Nov" */
export function shortDayWords(day: DayNumber): string {
  return `${new Date(day * DAY_MS).getUTCDate()} ${monthWords(day)}`;
}

/** "Nov" */
export function monthWords(day: DayNumber): string {
  return SHORT_MONTHS[monthOf(day)] ?? '';
}

/** "November 2026" */
export function longMonthWords(day: DayNumber): string {
  return `${MONTHS[monthOf(day)]} ${yearOf(day)}`;
}

export function yearOf(day: DayNumber): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

export function monthOf(day: DayNumber): number {
  return new Date(day * DAY_MS).getUTCMonth();
}

export interface ClockWords {
  /** "15:01:02" */
  time: (instant: number) => string;
  /** "Sunday 22 November 2026, 15:01:02" */
  full: (instant: number) => string;
}

export function clockWords(offsetAt: OffsetAt): ClockWords {
  const time = (instant: number) => clockFace(instant, offsetAt).join(':');
  return {
    time,
    full: (instant) => `${dayWords(dayOf(instant, offsetAt), Infinity)}, ${time(instant)}`,
  };
}

/** "15", "01", "02" */
function clockFace(instant: number, offsetAt: OffsetAt): string[] {
  const date = new Date(instant + offsetAt(instant));
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  );
}

/** "12,345": of whole numbers. */
export function numberWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

const MINUS = '\u2212';

/** "−3.3", "21.4", and no minus zero. */
export function signedWords(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

export function pictureWords(count: number): string {
  return count === 1 ? '1 picture' : `${numberWords(count)} pictures`;
}

export function newPictureWords(count: number): string {
  return count === 1 ? '1 new picture' : `${numberWords(count)} new pictures`;
}

/** "940 B", "84 KB", "1.2 MB": decimal units, as file managers show. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const MINUTE_MS = 60_000;

/** "a minute", "20 minutes", "3 hours", "5 days": how long something lasts. */
export function spanWords(ms: number): string {
  if (ms < 2 * MINUTE_MS) return 'a minute';
  if (ms < 2 * HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} minutes`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} hours`;
  return `${Math.floor(ms / DAY_MS)} days`;
}

/** "15:01" */
export function minuteWords(instant: number, offsetAt: OffsetAt = readerOffsets): string {
  return clockFace(instant, offsetAt).slice(0, 2).join(':');
}

/** "22 Nov 2026, 15:01" */
export function momentWords(instant: number, offsetAt: OffsetAt = readerOffsets): string {
  const day = dayOf(instant, offsetAt);
  return `${shortDayWords(day)} ${yearOf(day)}, ${minuteWords(instant, offsetAt)}`;
}
