// How instants, counts and sizes are said to a person.
import { DAY_MS, HOUR_MS, readerZone, type DayNumber } from './zone';

// The words of this page are British English; numbers and dates keep them company.
const LOCALE = 'en-GB';

const dayHeading = new Intl.DateTimeFormat(LOCALE, {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const monthName = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'short' });
const longMonth = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', day: 'numeric', month: 'short' });
const wholeNumber = new Intl.NumberFormat(LOCALE);

/** "Today", "Yesterday", "Sunday 22 November 2026". */
export function dayWords(day: DayNumber, today: DayNumber): string {
  if (day === today) return 'Today';
  if (day === today - 1) return 'Yesterday';
  return dayHeading.format(day * DAY_MS).replace(',', '');
}

export function shortDayWords(day: DayNumber): string {
  return shortDay.format(day * DAY_MS);
}

export function monthWords(day: DayNumber): string {
  return monthName.format(day * DAY_MS);
}

/** "November 2026" */
export function longMonthWords(day: DayNumber): string {
  return longMonth.format(day * DAY_MS);
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

export function clockWords(timeZone: string): ClockWords {
  const time = new Intl.DateTimeFormat(LOCALE, { timeZone, timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return {
    time: (instant) => time.format(instant),
    full: (instant) => `${date.format(instant).replace(',', '')}, ${time.format(instant)}`,
  };
}

export function numberWords(count: number): string {
  return wholeNumber.format(count);
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

/** "15:01" where the reader is. */
export function minuteWords(instant: number): string {
  return new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' }).format(instant);
}

/** "22 Nov 2026, 15:01" where the reader is. */
export function momentWords(instant: number, timeZone: string = readerZone()): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
    instant,
  );
}
