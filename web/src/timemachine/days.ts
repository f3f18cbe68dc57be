// Days and times of day as they are written and chosen, and which instants they are in a time zone. Pure.
import type { Image } from '../api/gallery';
import { MINUTE_MS } from '../time/words';
import { DAY_MS, dayOf, type DayNumber, type OffsetAt } from '../time/zone';

/** Since midnight, by the wall clock. */
export type Minutes = number;

// A leap year. The server takes 400 moments at once.
export const MAX_DAYS = 366;

export function dayText(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** "2026-11-22", and nothing that is like it: 30 February is no day. */
export function readDay(text: string | undefined): DayNumber | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  return dayTextOrNothing(day) === text ? day : undefined;
}

function dayTextOrNothing(day: number): string | undefined {
  return Number.isFinite(day) ? dayText(day) : undefined;
}

export function minutesText(minutes: Minutes): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** "06:30" */
export function readMinutes(text: string | undefined): Minutes | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text ?? '') ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59)
    return undefined;
  return Number(hours) * 60 + Number(minutes);
}

/**
 * When a clock on the wall showed that. What it showed twice, as summer time ended, is the first of the two; what it
 * skipped, as summer time began, is as long after midnight as if it had not.
 */
export function momentOf(day: DayNumber, minutes: Minutes, offsetAt: OffsetAt): number {
  const wall = day * DAY_MS + minutes * MINUTE_MS;
  // A clock changes at most once in the day or two around: the offsets on both sides are all there can be.
  const before = offsetAt(wall - DAY_MS);
  const after = offsetAt(wall + DAY_MS);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  const shows = (instant: number) => instant + offsetAt(instant) === wall;
  if (shows(early)) return early;
  if (shows(late)) return late;
  return wall - before;
}

export function minutesOf(instant: number, offsetAt: OffsetAt): Minutes {
  const wall = instant + offsetAt(instant);
  return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** From the first to the last, both of them; at most MAX_DAYS, the latest. */
export function daysFrom(first: DayNumber, last: DayNumber): DayNumber[] {
  const from = Math.max(Math.min(first, last), Math.max(first, last) - MAX_DAYS + 1);
  return Array.from({ length: Math.max(first, last) - from + 1 }, (_, i) => from + i);
}

/** One day of a camera: what was asked for, and what there is. */
export interface Slot {
  readonly day: DayNumber;
  readonly moment: number;
  /** Null: none was taken near that time. */
  readonly image: Image | null;
}

export function slotsOf(
  days: readonly DayNumber[],
  minutes: Minutes,
  offsetAt: OffsetAt,
  images: readonly (Image | null)[],
): Slot[] {
  return days.map((day, i) => ({ day, moment: momentOf(day, minutes, offsetAt), image: images[i] ?? null }));
}

/** The number of the slot to show: of that day, or of the last that has a picture. */
export function slotToShow(slots: readonly Slot[], day: DayNumber | undefined): number {
  const asked = slots.findIndex((slot) => slot.day === day);
  if (asked >= 0) return asked;
  const last = slots.findLastIndex((slot) => slot.image !== null);
  return last >= 0 ? last : slots.length - 1;
}

/** "29 of 30 days have a picture" */
export function slotsWords(slots: readonly Slot[]): string {
  const some = slots.filter(({ image }) => image !== null).length;
  const of = slots.length === 1 ? '1 day' : `${slots.length} days`;
  return `${some} of ${of} ${some === 1 ? 'has' : 'have'} a picture`;
}

/** The day that an image belongs to, and when on it. */
export function placeInDay(instant: number, offsetAt: OffsetAt): { day: DayNumber; minutes: Minutes } {
  return { day: dayOf(instant, offsetAt), minutes: minutesOf(instant, offsetAt) };
}
