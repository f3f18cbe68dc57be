import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, zoneOffsets } from '../time/zone';
import { cellWords, daysOf, gapWords, yearFrom, yearsOf, yearWords } from './year';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const TODAY = day('2026-11-22');

function counts(...each: readonly (readonly [text: string, count: number])[]) {
  return new Map(each.map(([text, count]) => [day(text), count]));
}

test('days are those of the reader', () => {
  const late = Date.parse('2026-11-21T23:00:00Z');
  const hours = new Map([
    [late, 3],
    [late + HOUR_MS, 4],
  ]);
  expect([...daysOf(hours, zoneOffsets('UTC')).values()]).toEqual([3, 4]);
  expect([...daysOf(hours, zoneOffsets('Europe/Rome'))]).toEqual([[TODAY, 7]]);
});

test('years are those with pictures, and this one', () => {
  expect(yearsOf(new Map(), TODAY)).toEqual([2026]);
  expect(yearsOf(counts(['2023-12-31', 1], ['2025-01-01', 1]), TODAY)).toEqual([2026, 2025, 2023]);
});

describe('a year', () => {
  const pictures = counts(['2026-11-01', 100], ['2026-11-02', 1], ['2026-11-06', 25], ['2026-11-20', 4]);
  const year = yearFrom(pictures, 2026, TODAY);
  const cells = year.weeks.flat();
  const at = (text: string) => cells.find((cell) => cell?.day === day(text));

  test('has every day once, in weeks from Monday', () => {
    expect(cells.filter(Boolean)).toHaveLength(365);
    expect(yearFrom(pictures, 2028, TODAY).weeks.flat().filter(Boolean)).toHaveLength(366);
    for (const week of year.weeks.slice(0, -1)) expect(week).toHaveLength(7);
    // 1 January 2026 was a Thursday.
    expect(year.weeks[0]?.map((cell) => cell?.day)).toEqual([
      undefined,
      undefined,
      undefined,
      ...[1, 2, 3, 4].map((n) => day(`2026-01-0${n}`)),
    ]);
  });

  test('is brighter where there are more, and never dark where there are some', () => {
    expect(['2026-11-01', '2026-11-06', '2026-11-20', '2026-11-02'].map((text) => at(text)?.level)).toEqual([
      4, 2, 1, 1,
    ]);
  });

  test('shows gaps, but not before the first picture and not in the future', () => {
    expect(at('2026-10-31')?.kind).toBe('outside');
    expect(at('2026-11-03')?.kind).toBe('gap');
    expect(at('2026-11-22')?.kind).toBe('gap');
    expect(at('2026-11-23')?.kind).toBe('outside');
    expect(year.gaps.map(gapWords)).toEqual([
      '7 Nov to 19 Nov: 13 days without a picture',
      '3 Nov to 5 Nov: 3 days without a picture',
      '21 Nov to 22 Nov: 2 days without a picture',
    ]);
    expect(yearWords(year)).toBe('130 pictures on 4 days, 3 gaps');
  });

  test('says what each day is', () => {
    const words = (text: string) => {
      const cell = at(text);
      return cell && cellWords(cell, TODAY);
    };
    expect(words('2026-11-01')).toBe('Sunday 1 November 2026: 100 pictures');
    expect(words('2026-11-03')).toBe('Tuesday 3 November 2026: a gap, no picture');
    expect(words('2026-11-22')).toBe('Today: a gap, no picture');
    expect(words('2026-10-31')).toBe('Saturday 31 October 2026: before its first picture');
    expect(words('2026-11-23')).toBe('Monday 23 November 2026: yet to come');
  });

  test('a gap of one day, and a year without any', () => {
    const full = yearFrom(counts(['2026-11-20', 1], ['2026-11-22', 1]), 2026, TODAY);
    expect(full.gaps.map(gapWords)).toEqual(['21 Nov: a day without a picture']);
    expect(yearWords(full)).toBe('2 pictures on 2 days, 1 gap');
    expect(yearWords(yearFrom(counts(['2026-11-22', 1]), 2026, TODAY))).toBe('1 picture on 1 day, no gap');
    expect(yearFrom(new Map(), 2026, TODAY).gaps).toEqual([]);
  });
});
