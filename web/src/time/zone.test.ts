import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, dayOf, midnightOf, nextMidnight, readerOffsets, zoneOffsets } from './zone';

const utc = (text: string) => Date.parse(text);

describe('zoneOffsets', () => {
  it.each([
    ['UTC', '2026-06-01T12:00:00Z', 0],
    ['Asia/Kolkata', '2026-06-01T12:00:00Z', 5.5],
    ['Asia/Kathmandu', '2026-06-01T12:00:00Z', 5.75],
    ['America/New_York', '2026-01-10T12:00:00Z', -5],
    ['America/New_York', '2026-07-10T12:00:00Z', -4],
    // Both sides of one clock change, within one UTC day.
    ['Europe/Rome', '2026-10-25T00:59:59Z', 2],
    ['Europe/Rome', '2026-10-25T01:00:00Z', 1],
    // The one zone whose summer time is half an hour.
    ['Australia/Lord_Howe', '2026-01-10T12:00:00Z', 11],
    ['Australia/Lord_Howe', '2026-07-10T12:00:00Z', 10.5],
  ])('%s at %s is %d hours', (zone, instant, hours) => {
    expect(zoneOffsets(zone)(utc(instant))).toBe(hours * HOUR_MS);
  });
});

describe('readerOffsets', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['UTC', 'Europe/Rome', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'are those of %s there',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const offsetAt = zoneOffsets(zone);
      const begin = utc('2026-01-01T00:00:00Z');
      for (let at = begin; at < begin + 400 * DAY_MS; at += HOUR_MS)
        expect(readerOffsets(at)).toBe(offsetAt(at));
    },
  );
});

describe('dayOf', () => {
  it('goes by the wall clock', () => {
    const instant = utc('2026-11-22T20:00:00Z');
    const inUtc = dayOf(instant, zoneOffsets('UTC'));
    expect(dayOf(instant, zoneOffsets('Asia/Tokyo'))).toBe(inUtc + 1);
    expect(dayOf(instant, zoneOffsets('America/Los_Angeles'))).toBe(inUtc);
  });
});

describe('midnightOf', () => {
  it.each([
    'UTC',
    'Europe/Rome',
    'America/Sao_Paulo',
    'Asia/Beirut',
    'America/St_Johns',
    'Australia/Lord_Howe',
  ])('is the first instant of each day in %s', (zone) => {
    const offsetAt = zoneOffsets(zone);
    const days = Array.from({ length: 1461 }, (_, i) => 16_801 + i);
    const wrong = days.filter((day) => {
      const midnight = midnightOf(day, offsetAt);
      return dayOf(midnight, offsetAt) !== day || dayOf(midnight - 1, offsetAt) !== day - 1;
    });
    expect(wrong).toEqual([]);
  });
});

describe('nextMidnight', () => {
  it.each([
    ['UTC', '2026-11-22T20:00:00Z', '2026-11-23T00:00:00Z'],
    ['Asia/Kolkata', '2026-11-22T20:00:00Z', '2026-11-23T18:30:00Z'],
    ['Europe/Rome', '2026-03-28T23:30:00Z', '2026-03-29T22:00:00Z'], // a day of 23 hours
    ['Europe/Rome', '2026-10-24T22:30:00Z', '2026-10-25T23:00:00Z'], // a day of 25 hours
  ])('%s after %s', (zone, instant, midnight) => {
    expect(nextMidnight(utc(instant), zoneOffsets(zone))).toBe(utc(midnight));
  });
});
