import { describe, expect, it } from 'vitest';
import { boxAt, gridShape, layoutDays, picturesInView, placeRow, rowsInView, topOf } from './layout';
import type { Day } from './timeline';

function days(...counts: number[]): Day[] {
  let first = 0;
  return counts.map((count, i) => {
    const day = { day: 20_000 - i, first, count, hours: [] };
    first += count;
    return day;
  });
}

const SHAPE = { width: 1000, columns: 4, rowHeight: 100, gap: 10, headingHeight: 50 };

describe('gridShape', () => {
  it.each([
    [320, 2],
    [390, 2],
    [768, 3],
    [1320, 6],
    [1820, 7],
    [2500, 8],
    [3740, 12],
  ])('at %d px has %d columns', (width, columns) => {
    expect(gridShape(width).columns).toBe(columns);
  });
});

describe('layoutDays', () => {
  const layout = layoutDays(days(9, 4, 1), SHAPE);

  it('gets every height from counts alone', () => {
    expect(layout.boxes.map(({ top, height }) => [top, height])).toEqual([
      [0, 380],
      [380, 160],
      [540, 160],
    ]);
    expect(layout.height).toBe(700);
  });

  it('costs nothing more for a day of 86,400', () => {
    expect(layoutDays(days(86_400), SHAPE).height).toBe(50 + 21_600 * 110);
  });

  it('finds boxes by height', () => {
    expect([-5, 0, 379, 380, 650, 9999].map((y) => boxAt(layout, y))).toEqual([0, 0, 0, 1, 2, 2]);
  });

  it('finds rows by picture', () => {
    expect([0, 3, 4, 8, 9, 13].map((index) => topOf(layout, index))).toEqual([50, 50, 160, 270, 430, 590]);
  });

  it('says which rows and pictures are in view', () => {
    const [box] = layout.boxes;
    expect(box && rowsInView(box, SHAPE, 160, 200)).toEqual({ first: 1, last: 1 });
    expect(picturesInView(layout, 0, 40)).toBeUndefined();
    expect(picturesInView(layout, 0, 60)).toEqual({ first: 0, last: 3 });
    expect(picturesInView(layout, 280, 450)).toEqual({ first: 8, last: 12 });
    expect(picturesInView(layout, -500, 5000)).toEqual({ first: 0, last: 13 });
    expect(picturesInView(layoutDays([], SHAPE), 0, 100)).toBeUndefined();
  });
});

describe('placeRow', () => {
  const edges = (ratios: number[]) => {
    const spans = placeRow(ratios, SHAPE);
    const last = spans[spans.length - 1];
    return { spans, right: last ? last.x + last.width : 0 };
  };

  it('fills a full row to both edges whatever the ratios', () => {
    expect(edges([1.3333, 1.3333, 1.3333, 1.3333]).right).toBe(1000);
    expect(edges([1.7778, 0.75, 1.3333, 1]).right).toBe(1000);
    expect(edges([30, 0.01, 1.3333, 1]).right).toBe(1000);
  });

  it('shares by ratio', () => {
    const { spans } = edges([2, 1, 1, 1]);
    expect(spans[0]).toEqual({ x: 0, width: 388 });
    expect(spans[1]).toEqual({ x: 398, width: 194 });
  });

  it('leaves the rest of a broken row free', () => {
    const { spans } = edges([1.3333, 1.3333]);
    expect(spans).toEqual([
      { x: 0, width: 243 },
      { x: 253, width: 242 },
    ]);
  });
});
