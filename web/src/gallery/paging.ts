// What to ask the server for, so that certain pictures become known. It only decides; the album asks.
import type { IndexRange } from './layout';
import type { Hour } from './hours';
import type { Timeline } from './timeline';
import { HOUR_MS } from '../time/zone';

/** Pictures per request: a screen of the largest monitor, and a fifth of a second on a field's uplink. */
export const PAGE_SIZE = 200;

/** What is known of an hour's pictures. */
export interface HourState {
  readonly known: number;
  /** Where the next page begins; undefined before the first. */
  readonly cursor: string | undefined;
  readonly complete: boolean;
}

export interface PageRequest {
  readonly from: number;
  readonly to: number;
  readonly cursor: string | undefined;
  /** The beginnings of the hours it covers, newest first. More than one only if one page holds them all. */
  readonly hours: readonly number[];
}

/**
 * The next requests for the pictures of `range`. Quiet neighbouring hours share a request; a busy hour is read page by
 * page from its newest picture, one request at a time, as far as the range needs it.
 */
export function planRequests(
  timeline: Timeline,
  range: IndexRange,
  stateOf: (hour: Hour) => HourState | undefined,
): PageRequest[] {
  const requests: PageRequest[] = [];
  let quiet: Hour[] = [];
  let quietCount = 0;
  const flush = () => {
    const newest = quiet[0];
    const oldest = quiet.at(-1);
    if (newest && oldest) {
      const hours = quiet.map((hour) => hour.start);
      requests.push({ from: oldest.start, to: newest.start + HOUR_MS, cursor: undefined, hours });
    }
    quiet = [];
    quietCount = 0;
  };

  for (const hour of hoursOf(timeline, range)) {
    const state = stateOf(hour);
    if (state?.complete) continue;
    if (hour.count <= PAGE_SIZE && state === undefined) {
      if (quietCount + hour.count > PAGE_SIZE) flush();
      quiet.push(hour);
      quietCount += hour.count;
      continue;
    }
    const needed = Math.min(range.last + 1 - hour.first, hour.count);
    if (state !== undefined && state.known >= needed) continue;
    flush();
    requests.push({
      from: hour.start,
      to: hour.start + HOUR_MS,
      cursor: state?.cursor,
      hours: [hour.start],
    });
  }
  flush();
  return requests;
}

/** The hours that hold pictures of `range`, newest first. */
export function hoursOf({ hours }: Timeline, range: IndexRange): Hour[] {
  const from = hours.holding(Math.max(0, range.first));
  if (from < 0) return [];
  const last = hours.holding(range.last);
  return hours.slice(from, last < 0 ? hours.length : last + 1);
}
