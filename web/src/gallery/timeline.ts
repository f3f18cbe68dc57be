// How many pictures each hour and each day has, and which number each picture bears: all that is known before a single
// picture is loaded. Pictures are numbered from the newest, 0; an hour or a day is a run of numbers.
import type { Histogram } from '../api/gallery';
import { HOUR_MS, dayOf, type DayNumber, type OffsetAt } from '../time/zone';

export interface Hour {
  readonly start: number;
  readonly count: number;
  /** The number of its newest picture. */
  readonly first: number;
}

export interface Day {
  readonly day: DayNumber;
  readonly first: number;
  readonly count: number;
  readonly hours: readonly Hour[];
}

export interface Timeline {
  readonly hours: readonly Hour[];
  readonly days: readonly Day[];
  readonly total: number;
}

/** An hour's beginning (UTC) and how many pictures it has; never zero. */
export type HourCounts = ReadonlyMap<number, number>;

export function hourOf(instant: number): number {
  return Math.floor(instant / HOUR_MS) * HOUR_MS;
}

export function countsOf(histogram: Histogram): Map<number, number> {
  const counts = new Map<number, number>();
  for (const run of histogram.runs) {
    let start = run.start;
    for (const count of run.counts) {
      if (count > 0) counts.set(start, count);
      start += HOUR_MS;
    }
  }
  return counts;
}

/**
 * An hour belongs to the day that holds its middle. Where clocks differ from UTC by a fraction of an hour, a picture
 * taken within that fraction of midnight may so stand under the neighbouring day; the caption tells its true time.
 */
export function buildTimeline(counts: HourCounts, offsetAt: OffsetAt): Timeline {
  const hours: Hour[] = [];
  const days: Day[] = [];
  let total = 0;
  let open: { day: DayNumber; first: number; hours: Hour[] } | undefined;
  const close = () => {
    if (open) days.push({ ...open, count: total - open.first });
  };
  // Years of hours: numbers of a fixed kind are sorted without asking us, and nothing is made for each but itself.
  const starts = Float64Array.from(counts.keys()).sort();
  for (let i = starts.length - 1; i >= 0; i -= 1) {
    const start = starts[i] ?? 0;
    const count = counts.get(start) ?? 0;
    const day = dayOf(start + HOUR_MS / 2, offsetAt);
    if (open?.day !== day) {
      close();
      open = { day, first: total, hours: [] };
    }
    const hour = { start, count, first: total };
    hours.push(hour);
    open.hours.push(hour);
    total += count;
  }
  close();
  return { hours, days, total };
}

/** The place in `runs` of the run that holds picture number `index`; -1 if none does. */
export function runAt(runs: readonly { first: number; count: number }[], index: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.first ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  const found = runs[low - 1];
  return found && index < found.first + found.count ? low - 1 : -1;
}

/** The place in `hours` of the hour that begins at `start`; -1 if there is none. */
export function hourStarting(hours: readonly Hour[], start: number): number {
  let low = 0;
  let high = hours.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.start ?? -Infinity) > start) low = middle + 1;
    else high = middle;
  }
  return hours[low]?.start === start ? low : -1;
}
