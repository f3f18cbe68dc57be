import { expect, it } from 'vitest';
import { HOUR_MS, zoneOffsets } from '../time/zone';
import { hoursOfClock } from './DayRhythm';

it('sorts hours by the local clock', () => {
  const start = Date.parse('2026-11-22T18:00:00Z');
  const hours = [
    { start, count: 4, first: 0 },
    { start: start - HOUR_MS, count: 2, first: 4 },
  ];
  const byClock = (zone: string) =>
    hoursOfClock(hours, zoneOffsets(zone)).flatMap((count, hour) => (count > 0 ? [[hour, count]] : []));
  expect(byClock('UTC')).toEqual([
    [17, 2],
    [18, 4],
  ]);
  // 18:00 UTC is 23:30 in Kolkata: its middle is midnight.
  expect(byClock('Asia/Kolkata')).toEqual([
    [0, 4],
    [23, 2],
  ]);
});
