import { describe, expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { DAY_MS, zoneOffsets } from '../time/zone';
import {
  MAX_DAYS,
  dayText,
  daysFrom,
  minutesText,
  momentOf,
  placeInDay,
  readDay,
  readMinutes,
  slotToShow,
  slotsOf,
  slotsWords,
} from './days';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const image = (id: string) => ({ id }) as Image;

describe('what is written', () => {
  it.each([
    ['2026-11-22', day('2026-11-22')],
    ['2028-02-29', day('2028-02-29')],
    ['2026-02-29', undefined],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['2026-1-1', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is the day %s', (text, expected) => {
    expect(readDay(text)).toBe(expected);
    if (expected !== undefined) expect(dayText(expected)).toBe(text);
  });

  it.each([
    ['00:00', 0],
    ['06:30', 390],
    ['23:59', 1439],
    ['24:00', undefined],
    ['12:60', undefined],
    ['6:30', undefined],
    ['06:30:00', undefined],
    [undefined, undefined],
  ])('%s is the minute %s', (text, expected) => {
    expect(readMinutes(text)).toBe(expected);
    if (expected !== undefined) expect(minutesText(expected)).toBe(text);
  });
});

describe('the same hour of every day', () => {
  it.each([
    ['UTC', '2026-11-22', '12:00', '2026-11-22T12:00:00Z'],
    ['Asia/Kathmandu', '2026-11-22', '00:10', '2026-11-21T18:25:00Z'],
    // The days around both changes of the clock.
    ['Europe/Rome', '2026-03-28', '06:00', '2026-03-28T05:00:00Z'],
    ['Europe/Rome', '2026-03-29', '06:00', '2026-03-29T04:00:00Z'],
    ['Europe/Rome', '2026-10-24', '06:00', '2026-10-24T04:00:00Z'],
    ['Europe/Rome', '2026-10-25', '06:00', '2026-10-25T05:00:00Z'],
    // Skipped, and shown twice.
    ['Europe/Rome', '2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
    ['Europe/Rome', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
    ['America/New_York', '2026-11-01', '23:59', '2026-11-02T04:59:00Z'],
    // Summer time in the south, by half an hour.
    ['Australia/Lord_Howe', '2026-04-05', '12:00', '2026-04-05T01:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-04', '12:00', '2026-04-04T01:00:00Z'],
  ])('%s, %s %s', (zone, date, time, expected) => {
    const offsetAt = zoneOffsets(zone);
    const moment = momentOf(day(date), readMinutes(time) ?? NaN, offsetAt);
    expect(new Date(moment).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });

  it('is where it came from', () => {
    for (const zone of ['Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham']) {
      const offsetAt = zoneOffsets(zone);
      for (
        let at = Date.parse('2026-01-01T00:00:00Z');
        at < Date.parse('2027-01-01T00:00:00Z');
        at += 37 * 3_600_000
      ) {
        const { day: of, minutes } = placeInDay(at, offsetAt);
        expect(momentOf(of, minutes, offsetAt)).toBe(at);
      }
    }
  });
});

describe('days', () => {
  it('are all of them, whichever end comes first', () => {
    const [first, last] = [day('2026-02-27'), day('2026-03-02')];
    expect(daysFrom(first, last).map(dayText)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(daysFrom(last, first)).toEqual(daysFrom(first, last));
    expect(daysFrom(last, last)).toEqual([last]);
  });

  it('are the latest when there are too many', () => {
    const all = daysFrom(0, 1000);
    expect(all).toHaveLength(MAX_DAYS);
    expect(all.at(-1)).toBe(1000);
  });
});

describe('slots', () => {
  const days = [10, 11, 12, 13];
  const slots = slotsOf(days, 720, zoneOffsets('UTC'), [image('a'), null, image('c'), null]);

  it('keep the days without a picture', () => {
    expect(slots.map(({ day: of, image: shown }) => [of, shown?.id])).toEqual([
      [10, 'a'],
      [11, undefined],
      [12, 'c'],
      [13, undefined],
    ]);
    expect(slots[1]?.moment).toBe(11.5 * DAY_MS);
    expect(slotsWords(slots)).toBe('2 of 4 days have a picture');
    expect(slotsWords(slots.slice(0, 1))).toBe('1 of 1 day has a picture');
  });

  it.each([
    [10, 0],
    [11, 1], // a gap is shown when it is asked for
    [99, 2],
    [undefined, 2],
  ])('show day %s as number %d', (asked, expected) => {
    expect(slotToShow(slots, asked)).toBe(expected);
  });

  it('show the last day where none has a picture', () => {
    expect(slotToShow(slotsOf(days, 0, zoneOffsets('UTC'), []), undefined)).toBe(3);
  });
});
