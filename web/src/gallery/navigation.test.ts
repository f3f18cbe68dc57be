import { describe, expect, it } from 'vitest';
import { layoutDays } from './layout';
import { pictureByKey } from './navigation';

// Day one: 0 1 2 3 / 4 5; day two: 6; day three: 7 8 9 10 / 11.
const LAYOUT = layoutDays(
  [
    { day: 3, first: 0, count: 6, hours: [] },
    { day: 2, first: 6, count: 1, hours: [] },
    { day: 1, first: 7, count: 5, hours: [] },
  ],
  { width: 1000, columns: 4, rowHeight: 100, gap: 10, headingHeight: 50 },
);

describe('pictureByKey', () => {
  it.each([
    ['ArrowRight', 5, 6], // over the edge of a day
    ['ArrowRight', 11, 11],
    ['ArrowLeft', 6, 5],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 3, 5], // the row below is shorter
    ['ArrowDown', 5, 6], // into the next day
    ['ArrowDown', 6, 7],
    ['ArrowDown', 8, 11],
    ['ArrowDown', 11, 11],
    ['ArrowUp', 11, 7],
    ['ArrowUp', 9, 6], // a day of one picture
    ['ArrowUp', 6, 4], // its first column in the day above
    ['ArrowUp', 2, 2],
    ['PageDown', 0, 6], // two rows of 110 px in a view of 250
    ['PageUp', 11, 6],
    ['Home', 9, 0],
    ['End', 2, 11],
  ])('%s from %d leads to %d', (key, from, to) => {
    expect(pictureByKey(LAYOUT, from, key, 250)).toBe(to);
  });

  it('leaves other keys alone', () => {
    expect(pictureByKey(LAYOUT, 0, 'a', 250)).toBeUndefined();
  });

  it('leads nowhere without pictures', () => {
    const empty = { ...LAYOUT, boxes: [] };
    expect(pictureByKey(empty, 0, 'ArrowDown', 250)).toBeUndefined();
  });
});
