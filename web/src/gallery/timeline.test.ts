import { describe, expect, it } from 'vitest';
import { dayOf, HOUR_MS, zoneOffsets } from '../time/zone';
import { buildTimeline, countsOf, type HourCounts } from './timeline';

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
    expect(hours.slice(0, 9).map(({ first, count }) => [first, count])).toEqual([
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
    expect(buildTimeline(new Map(), zoneOffsets('UTC'))).toMatchObject({
      hours: { length: 0 },
      days: [],
      total: 0,
    });
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

  it.each(['Europe/Rome', 'America/Sao_Paulo', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
    'gives each hour to the day that holds its middle: %s',
    (zone) => {
      const offsetAt = zoneOffsets(zone);
      const { days, hours } = buildTimeline(
        everyHour('2016-01-01T00:00:00Z', '2020-01-01T00:00:00Z'),
        offsetAt,
      );
      const wrong = days.flatMap((day) =>
        day.hours.filter(({ start }) => dayOf(start + HOUR_MS / 2, offsetAt) !== day.day),
      );
      expect(wrong).toEqual([]);
      expect(days.flatMap((day) => day.hours)).toEqual(hours.slice(0, hours.length));
      expect(days.every(({ day }, i) => i === 0 || day < (days[i - 1]?.day ?? 0))).toBe(true);
    },
  );

  it('keeps its pace over ten years of hours', () => {
    const counts = everyHour('2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    const timeline = buildTimeline(counts, zoneOffsets('America/New_York'));
    expect(timeline.total).toBe(counts.size);
    expect(timeline.days.length).toBe(3654);
  });
});
