// Which local day an instant belongs to. The server counts by UTC hours; days are the reader's business.

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Milliseconds to add to UTC to read the wall clock at that instant. */
export type OffsetAt = (instant: number) => number;

/** Days since 1 January 1970 by the wall clock: a day's number, whatever its zone. */
export type DayNumber = number;

/** Where the reader is. The browser knows it without Intl, whose first use costs a slow phone 0.15 s. */
export const readerOffsets: OffsetAt = (instant) => 0 - new Date(instant).getTimezoneOffset() * 60_000;

/** Its name. */
export function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The offsets of one time zone. Asking Intl costs microseconds, and ten years have 87,600 hours: so it is asked at the
 * edges of UTC days, and in between only when the two edges differ (a clock change).
 */
export function zoneOffsets(timeZone: string): OffsetAt {
  const wallClock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  function ask(instant: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of wallClock.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  }

  const atDayEdge = new Map<number, number>();
  function edge(utcDay: number): number {
    const known = atDayEdge.get(utcDay);
    if (known !== undefined) return known;
    const offset = ask(utcDay * DAY_MS);
    atDayEdge.set(utcDay, offset);
    return offset;
  }

  return (instant) => {
    const utcDay = Math.floor(instant / DAY_MS);
    const offset = edge(utcDay);
    return offset === edge(utcDay + 1) ? offset : ask(instant);
  };
}

export function dayOf(instant: number, offsetAt: OffsetAt): DayNumber {
  return Math.floor((instant + offsetAt(instant)) / DAY_MS);
}

/** The first instant of a day. */
export function midnightOf(day: DayNumber, offsetAt: OffsetAt): number {
  const byWallClock = day * DAY_MS;
  // The offset at that time of UTC gets within an hour or two of midnight, the offset there is the right one.
  const midnight = byWallClock - offsetAt(byWallClock - offsetAt(byWallClock));
  // Where clocks are put forward at midnight there is none, and that was an hour of the day before.
  return dayOf(midnight, offsetAt) < day ? byWallClock - offsetAt(midnight) : midnight;
}

/** The first instant after `instant` that belongs to another day. */
export function nextMidnight(instant: number, offsetAt: OffsetAt): number {
  return midnightOf(dayOf(instant, offsetAt) + 1, offsetAt);
}
