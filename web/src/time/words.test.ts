import { describe, expect, it } from 'vitest';
import {
  clockWords,
  dayWords,
  longMonthWords,
  minuteWords,
  momentWords,
  monthWords,
  numberWords,
  pictureWords,
  shortDayWords,
  sizeWords,
} from './words';
import { DAY_MS, zoneOffsets } from './zone';

const DAY = Date.parse('2026-11-22T00:00:00Z') / DAY_MS;

describe('words', () => {
  it('names days from where the reader stands', () => {
    expect(dayWords(DAY, DAY)).toBe('Today');
    expect(dayWords(DAY, DAY + 1)).toBe('Yesterday');
    expect(dayWords(DAY, DAY + 2)).toBe('Sunday 22 November 2026');
    // A camera with a fast clock sends pictures from tomorrow.
    expect(dayWords(DAY, DAY - 1)).toBe('Sunday 22 November 2026');
  });

  it('reads the clock of the zone', () => {
    const instant = Date.parse('2026-11-22T15:01:02Z');
    expect(clockWords(zoneOffsets('Asia/Kolkata')).time(instant)).toBe('20:31:02');
    expect(clockWords(() => 0).full(instant)).toBe('Sunday 22 November 2026, 15:01:02');
  });

  it('counts', () => {
    expect(pictureWords(1)).toBe('1 picture');
    expect(pictureWords(12_345)).toBe('12,345 pictures');
  });

  it.each([
    [940, '940 B'],
    [84_210, '84 KB'],
    [1_249_000, '1.2 MB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});

describe('as Intl says it in British English', () => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', ...options });
  const medium = format({ dateStyle: 'medium', timeStyle: 'short' });
  const minute = format({ timeStyle: 'short' });
  const second = format({ timeStyle: 'medium' });
  const full = format({ dateStyle: 'full' });
  const month = format({ month: 'short', timeZone: 'UTC' });
  const longMonth = format({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const day = format({ month: 'short', day: 'numeric', timeZone: 'UTC' });
  const rome = zoneOffsets('Europe/Rome');
  const clock = clockWords(rome);

  it('tells every hour of two years', () => {
    const begin = Date.parse('2027-01-01T00:59:59Z');
    for (let at = begin; at < begin + 2 * 365 * DAY_MS; at += 3_600_000) {
      expect(momentWords(at, rome)).toBe(medium.format(at));
      expect(minuteWords(at, rome)).toBe(minute.format(at));
      expect(clock.full(at)).toBe(`${full.format(at).replace(',', '')}, ${second.format(at)}`);
    }
  });

  it('tells every month', () => {
    for (let number = DAY; number < DAY + 400; number += 7) {
      expect(monthWords(number)).toBe(month.format(number * DAY_MS));
      expect(longMonthWords(number)).toBe(longMonth.format(number * DAY_MS));
      expect(shortDayWords(number)).toBe(day.format(number * DAY_MS));
    }
  });

  it.each([0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 1_234_567_890, -1234])('tells %d', (count) => {
    expect(numberWords(count)).toBe(new Intl.NumberFormat('en-GB').format(count));
  });
});
