import { expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { gridShape, layoutDays, placeRow, rowTop } from '../gallery/layout';
import { buildTimeline } from '../gallery/timeline';
import { firstPlaces } from './firstPlaces';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const HOUR_MS = 3_600_000;
const PHONE = { width: 388, height: 640 };
const UTC = () => 0;

/** One for each of `hoursBack`, newest first. */
function page(hoursBack: number[], next: string | null = null, size = { width: 640, height: 480 }) {
  const images = hoursBack.map(
    (back, i) => ({ id: `${i}`, captured_at: NOON - back * HOUR_MS, ...size }) as Image,
  );
  return { images, next };
}

const hours = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i / 100);

it('puts pictures where the gallery puts them', () => {
  const shape = gridShape(PHONE.width);
  const counts = new Map([
    [NOON, 1],
    [NOON - HOUR_MS, 4],
  ]);
  const [box] = layoutDays(buildTimeline(counts, UTC).days, shape).boxes;
  const spans = placeRow([4 / 3, 4 / 3], shape);
  const places = firstPlaces(page([0, 0.2, 0.3, 0.4, 0.5]), PHONE, UTC);
  expect(places.map(({ image, ...place }) => [image.id, place])).toEqual(
    [0, 1, 2, 3, 4].map((i) => [
      `${i}`,
      {
        ...spans[i % 2],
        y: box && rowTop(box, Math.floor(i / 2), shape),
        height: shape.rowHeight,
      },
    ]),
  );
});

it('begins each day with a row of its own', () => {
  const ys = firstPlaces(page([0, 1, 2, 14, 15]), PHONE, UTC).map(({ y }) => y);
  expect(new Set(ys).size).toBe(3);
  expect(ys).toEqual([...ys].sort((a, b) => a - b));
});

it('knows the day by the reader’s clock', () => {
  const tokyo = () => 9 * HOUR_MS;
  const rows = (offsetAt: () => number) =>
    new Set(firstPlaces(page([20, 22]), PHONE, offsetAt).map(({ y }) => y)).size;
  expect(rows(UTC)).toBe(1);
  expect(rows(tokyo)).toBe(2);
});

it.each([
  ['all that are in view', page(hours(100)), 8],
  ['not the row in which a page ends', page(hours(3), 'more'), 2],
  ['the last row when there is no more', page(hours(3)), 3],
  ['none', page([]), 0],
])('has %s', (_, newest, count) => {
  expect(firstPlaces(newest, PHONE, UTC)).toHaveLength(count);
});
