// Where the gallery is going to have its newest pictures, before its program is there: by the same arithmetic. Pure.
import type { Image, ImagePage } from '../api/gallery';
import { gridShape, layoutDays, placeRow, rowsInView, rowTop } from '../gallery/layout';
import { buildTimeline, hourOf } from '../gallery/timeline';
import type { OffsetAt } from '../time/zone';

export interface FirstPlace {
  readonly image: Image;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the pictures of a page, newest first, those that stand in a wall of that size when it is opened. */
export function firstPlaces(
  { images, next }: ImagePage,
  wall: { width: number; height: number },
  offsetAt: OffsetAt,
): FirstPlace[] {
  const counts = new Map<number, number>();
  for (const { captured_at } of images) {
    const hour = hourOf(captured_at);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  const shape = gridShape(wall.width);
  const places: FirstPlace[] = [];
  for (const box of layoutDays(buildTimeline(counts, offsetAt).days, shape).boxes) {
    const rows = rowsInView(box, shape, 0, wall.height);
    for (let row = rows.first; row <= rows.last; row += 1) {
      const first = box.first + row * shape.columns;
      const inRow = images.slice(first, Math.min(first + shape.columns, box.first + box.count));
      // The row in which the page ends may go on.
      if (next !== null && inRow.length < shape.columns && first + inRow.length === images.length) break;
      const spans = placeRow(
        inRow.map((image) => image.width / image.height),
        shape,
      );
      inRow.forEach((image, i) => {
        const { x = 0, width = 0 } = spans[i] ?? {};
        places.push({ image, x, y: rowTop(box, row, shape), width, height: shape.rowHeight });
      });
    }
  }
  return places;
}
