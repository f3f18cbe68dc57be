import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../time/zone';
import { FILM_MAX, filmWords, planFilm } from './sampling';

const hours = (...counts: number[]) =>
  new Map(counts.flatMap((count, i) => (count > 0 ? [[i * HOUR_MS, count] as const] : [])));

describe('a film', () => {
  it('shows all there is when that is not too much', () => {
    expect(planFilm(hours(600, 0, 600), 0, 3 * HOUR_MS)).toEqual({ total: FILM_MAX, moments: undefined });
    expect(planFilm(new Map(), 0, HOUR_MS)).toEqual({ total: 0, moments: undefined });
  });

  it('counts the hours that its span touches', () => {
    expect(planFilm(hours(1, 2, 4, 8), HOUR_MS, 3 * HOUR_MS).total).toBe(6);
    expect(planFilm(hours(1, 2, 4, 8), HOUR_MS + 1, 3 * HOUR_MS + 1).total).toBe(14);
  });

  it('shows as many as it may of more, each hour by what it has', () => {
    const { total, moments = [] } = planFilm(hours(3000, 0, 1000), 0, 3 * HOUR_MS);
    expect(total).toBe(4000);
    expect(moments).toHaveLength(FILM_MAX);
    expect(moments.filter((at) => at < HOUR_MS)).toHaveLength(900);
    expect(moments.filter((at) => at >= 2 * HOUR_MS)).toHaveLength(300);
    expect(moments.every((at, i) => at > (moments[i - 1] ?? -1) && at < 3 * HOUR_MS)).toBe(true);
  });

  it.each([
    [Array.from({ length: 2000 }, () => 1)],
    [Array.from({ length: 24 }, (_, i) => (i % 7) * 777 + 1)],
    [[1, 5000, 1]],
  ])('is full whatever the hours are', (counts) => {
    const { moments = [] } = planFilm(hours(...counts), 0, counts.length * HOUR_MS);
    expect(moments).toHaveLength(FILM_MAX);
  });

  it('stays within its span', () => {
    const { moments = [] } = planFilm(hours(9000), HOUR_MS / 2, HOUR_MS);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(HOUR_MS / 2);
  });
});

it('says what it shows', () => {
  expect(filmWords(1, 1)).toBe('1 picture');
  expect(filmWords(1180, 1180)).toBe('1,180 pictures');
  expect(filmWords(1187, 48_120)).toBe('1,187 of about 48,120 pictures, evenly chosen');
});
