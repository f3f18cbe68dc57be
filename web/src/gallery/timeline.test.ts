import { describe, expect, it } from 'vitest';
import { HOUR_MS, zoneOffsets } from '../time/zone';
import { buildTimeline, countsOf, hourStarting, runAt, type HourCounts } from './timeline';

const utc = (text: string) => Date.parse(text);

/** One picture in every hour of [from, to). */
function everyHour(from: string, to: string): HourCounts {
  const counts = new Map<number, number>();
  for (let hour = utc(from); hour < utc(to); hour += HOUR_MS) counts.set(hour, 1);
  return counts;
}

function dayCounts(counts: HourCounts, zone: string): number[] {
  return buildTimeline(counts, zoneOffsets(zone)).days.map((day) => day.count);
}

describe('countsOf', () => {
  it('spreads runs over their hours and drops empty ones', () => {
    const start = utc('2026-11-22T10:00:00Z');
    const counts = countsOf({ hour_ms: 3_600_000, runs: [{ start, counts: [2, 0, 5] }] });
    expect([...counts]).toEqual([
      [start, 2],
      [start + 2 * HOUR_MS, 5],
    ]);
  });
});

describe('buildTimeline', () => {
  it('numbers pictures from the newest', () => {
    const counts = new Map([
      [utc('2026-11-21T22:00:00Z'), 3],
      [utc('2026-11-22T09:00:00Z'), 2],
      [utc('2026-11-22T10:00:00Z'), 4],
    ]);
    const { days, hours, total } = buildTimeline(counts, zoneOffsets('UTC'));
    expect(total).toBe(9);
    expect(hours.map(({ first, count }) => [first, count])).toEqual([
      [0, 4],
      [4, 2],
      [6, 3],
    ]);
    expect(days.map(({ first, count }) => [first, count])).toEqual([
      [0, 6],
      [6, 3],
    ]);
  });

  it('is empty without pictures', () => {
    expect(buildTimeline(new Map(), zoneOffsets('UTC'))).toEqual({ hours: [], days: [], total: 0 });
  });

  it('gives the day of spring 23 hours and the day of autumn 25', () => {
    const spring = everyHour('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z');
    expect(dayCounts(spring, 'Europe/Rome')).toEqual([24, 23, 24]);
    const autumn = everyHour('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z');
    expect(dayCounts(autumn, 'Europe/Rome')).toEqual([24, 25, 24]);
  });

  it('cuts zones of broken hours at the hour whose middle is past midnight', () => {
    const counts = everyHour('2026-11-21T18:00:00Z', '2026-11-23T18:00:00Z');
    // 18:00 to 19:00 UTC is 23:30 to 00:30 in Kolkata and 23:45 to 00:45 in Kathmandu.
    expect(dayCounts(counts, 'Asia/Kolkata')).toEqual([24, 24]);
    expect(dayCounts(counts, 'Asia/Kathmandu')).toEqual([24, 24]);
    // In St John's it is 14:30: midnight is at 03:30 UTC, so the days begin with the hour at 03:00.
    expect(dayCounts(counts, 'America/St_Johns')).toEqual([15, 24, 9]);
  });

  it('keeps its pace over ten years of hours', () => {
    const counts = everyHour('2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    const timeline = buildTimeline(counts, zoneOffsets('America/New_York'));
    expect(timeline.total).toBe(counts.size);
    expect(timeline.days.length).toBe(3654);
  });
});

describe('lookups', () => {
  const { hours } = buildTimeline(
    new Map([
      [utc('2026-11-22T09:00:00Z'), 2],
      [utc('2026-11-22T11:00:00Z'), 4],
    ]),
    zoneOffsets('UTC'),
  );

  it('finds the run of a picture', () => {
    expect([-1, 0, 3, 4, 5, 6].map((index) => runAt(hours, index))).toEqual([-1, 0, 0, 1, 1, -1]);
  });

  it('finds an hour by its beginning', () => {
    const at = (text: string) => hourStarting(hours, utc(text));
    expect(at('2026-11-22T11:00:00Z')).toBe(0);
    expect(at('2026-11-22T09:00:00Z')).toBe(1);
    expect(at('2026-11-22T10:00:00Z')).toBe(-1);
    expect(at('2026-11-22T08:00:00Z')).toBe(-1);
    expect(at('2026-11-22T12:00:00Z')).toBe(-1);
  });
});
