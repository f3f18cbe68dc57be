// How many pictures each hour and each day has, and which number each picture bears: all that is known before a single
// picture is loaded. Pictures are numbered from the newest, 0; an hour or a day is a run of numbers.
import type { Histogram } from '../api/gallery';
import { HOUR_MS, dayOf, midnightOf, type DayNumber, type OffsetAt } from '../time/zone';
import { Hours, type Hour } from './hours';

export interface Day {
  readonly day: DayNumber;
  readonly first: number;
  readonly count: number;
  readonly hours: readonly Hour[];
}

export interface Timeline {
  readonly hours: Hours;
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
  // Numbers of a fixed kind are sorted without asking us.
  const starts = Float64Array.from(counts.keys()).sort().reverse();
  const firsts = new Float64Array(starts.length + 1);
  const hours = new Hours(starts, firsts);
  const days: Day[] = [];
  let total = 0;
  let place = 0;
  while (place < starts.length) {
    const newest = place;
    const day = dayOf(middleOf(starts[newest] ?? 0), offsetAt);
    // Asking for the offset of each hour takes longer than all the rest.
    const midnight = midnightOf(day, offsetAt);
    const first = total;
    do {
      firsts[place] = total;
      total += counts.get(starts[place] ?? 0) ?? 0;
      place += 1;
    } while (place < starts.length && middleOf(starts[place] ?? 0) >= midnight);
    days.push(new HoursOfDay(day, first, total - first, hours, newest, place));
  }
  firsts[place] = total;
  return { hours, days, total };
}

function middleOf(start: number): number {
  return start + HOUR_MS / 2;
}

class HoursOfDay implements Day {
  readonly day: DayNumber;
  readonly first: number;
  readonly count: number;
  readonly #all: Hours;
  readonly #newest: number;
  readonly #end: number;

  /** Of all hours, those from `newest` to before `end`. */
  constructor(day: DayNumber, first: number, count: number, all: Hours, newest: number, end: number) {
    this.day = day;
    this.first = first;
    this.count = count;
    this.#all = all;
    this.#newest = newest;
    this.#end = end;
  }

  get hours(): readonly Hour[] {
    return this.#all.slice(this.#newest, this.#end);
  }
}
