import { describe, expect, it } from 'vitest';
import { countWhile, Hours } from './hours';

describe('hours', () => {
  // Of four pictures and of two.
  const hours = new Hours(new Float64Array([11, 9]), new Float64Array([0, 4, 6]));

  it('are made when they are asked for', () => {
    expect(hours.at(0)).toEqual({ start: 11, first: 0, count: 4 });
    expect(hours.at(1)).toEqual({ start: 9, first: 4, count: 2 });
    expect([hours.at(-1), hours.at(2)]).toEqual([undefined, undefined]);
    expect(hours.slice(0, 9).map(({ start }) => start)).toEqual([11, 9]);
    expect(hours.slice(1, 1)).toEqual([]);
  });

  it('are found by a picture', () => {
    expect([-1, 0, 3, 4, 5, 6].map((index) => hours.holding(index))).toEqual([-1, 0, 0, 1, 1, -1]);
  });

  it('are found by their beginning', () => {
    expect([12, 11, 10, 9, 8].map((start) => hours.starting(start))).toEqual([-1, 0, -1, 1, -1]);
  });

  it('may be none', () => {
    const none = new Hours(new Float64Array(0), new Float64Array(1));
    expect([none.length, none.holding(0), none.starting(0)]).toEqual([0, -1, -1]);
  });
});

it.each([0, 1, 2, 7, 8])('counts how many come before: %d of 8', (count) => {
  expect(countWhile(8, (place) => place < count)).toBe(count);
});
