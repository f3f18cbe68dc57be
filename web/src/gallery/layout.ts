// Where every picture stands, as arithmetic: rows of exactly `columns` pictures of one height, both edges flush. A
// day's height follows from its count alone, so the page knows its full height before it has heard of one picture, and
// a day of 86,400 pictures costs no more to lay out than a day of ten.
import { countWhile } from './hours';
import type { Day } from './timeline';

export interface GridShape {
  readonly width: number;
  readonly columns: number;
  readonly rowHeight: number;
  readonly gap: number;
  readonly headingHeight: number;
}

/** One day's place: `top` is its heading's upper edge, `height` includes the space below its last row. */
export interface DayBox {
  readonly day: Day;
  readonly top: number;
  readonly height: number;
  // Repeated from the day, so that a box can be looked up by picture number too.
  readonly first: number;
  readonly count: number;
}

export interface GridLayout {
  readonly shape: GridShape;
  readonly boxes: readonly DayBox[];
  readonly height: number;
}

/** Pictures first to last, both included. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
}

export function overlap(a: IndexRange, b: IndexRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

// Wide enough to judge a picture by, and on a large screen as wide as a thumbnail still looks sharp.
const COLUMN_WIDTH_MIN_PX = 220;
const COLUMN_WIDTH_MAX_PX = 320;
const COLUMNS_USUAL = 7;
// On the narrowest phone, too.
const COLUMNS_MIN = 2;
const NARROW_WIDTH_PX = 600;
/** What ESP32 sensors give unless asked otherwise. */
export const USUAL_RATIO = 4 / 3;
// Beyond these a panorama would starve its row and a strip would vanish; the lightbox shows the whole picture.
const RATIO_MIN = 0.6;
const RATIO_MAX = 2.2;

export function gridShape(width: number): GridShape {
  const narrow = width < NARROW_WIDTH_PX;
  const gap = narrow ? 4 : 8;
  const wanted = Math.min(COLUMN_WIDTH_MAX_PX, Math.max(COLUMN_WIDTH_MIN_PX, width / COLUMNS_USUAL));
  const columns = Math.max(COLUMNS_MIN, Math.round(width / wanted));
  const columnWidth = (width - (columns - 1) * gap) / columns;
  return {
    width,
    columns,
    rowHeight: Math.max(1, Math.round(columnWidth / USUAL_RATIO)),
    gap,
    headingHeight: narrow ? 52 : 64,
  };
}

export function layoutDays(days: readonly Day[], shape: GridShape): GridLayout {
  let top = 0;
  const boxes = days.map((day): DayBox => {
    const rows = Math.ceil(day.count / shape.columns);
    const height = shape.headingHeight + rows * (shape.rowHeight + shape.gap);
    const box = { day, top, height, first: day.first, count: day.count };
    top += height;
    return box;
  });
  return { shape, boxes, height: top };
}

/** The place in `boxes` of the box that covers height `y`, or of the nearest one. */
export function boxAt({ boxes }: GridLayout, y: number): number {
  return Math.max(0, countWhile(boxes.length, (i) => (boxes[i]?.top ?? Infinity) <= y) - 1);
}

export function rowTop(box: DayBox, row: number, shape: GridShape): number {
  return box.top + shape.headingHeight + row * (shape.rowHeight + shape.gap);
}

export function boxOf({ boxes }: GridLayout, index: number): DayBox | undefined {
  const box = boxes[countWhile(boxes.length, (i) => (boxes[i]?.first ?? Infinity) <= index) - 1];
  return box && index < box.first + box.count ? box : undefined;
}

/** The upper edge of the row in which picture `index` stands. */
export function topOf(layout: GridLayout, index: number): number {
  const box = boxOf(layout, index);
  if (!box) return 0;
  return rowTop(box, Math.floor((index - box.first) / layout.shape.columns), layout.shape);
}

/** The rows of a box that touch the strip from `top` to `bottom`; `last` < `first` if none does. */
export function rowsInView(box: DayBox, shape: GridShape, top: number, bottom: number): IndexRange {
  const pitch = shape.rowHeight + shape.gap;
  const firstRowTop = rowTop(box, 0, shape);
  const rows = Math.ceil(box.count / shape.columns);
  return {
    first: Math.max(0, Math.floor((top - firstRowTop) / pitch)),
    last: Math.min(rows - 1, Math.floor((bottom - firstRowTop) / pitch)),
  };
}

/** The pictures whose rows touch the strip from `top` to `bottom`; undefined if there is none. */
export function picturesInView(layout: GridLayout, top: number, bottom: number): IndexRange | undefined {
  const { columns } = layout.shape;
  let range: { first: number; last: number } | undefined;
  for (let i = boxAt(layout, top); i < layout.boxes.length; i += 1) {
    const box = layout.boxes[i];
    if (!box || box.top > bottom) break;
    const rows = rowsInView(box, layout.shape, top, bottom);
    if (rows.last < rows.first) continue;
    const first = box.first + rows.first * columns;
    const last = Math.min(box.first + box.count, box.first + (rows.last + 1) * columns) - 1;
    range = { first: range?.first ?? first, last };
  }
  return range;
}

export interface Span {
  readonly x: number;
  readonly width: number;
}

/**
 * Shares a row's width among its pictures by their aspect ratios. The edges are whole pixels and the last one is the
 * grid's; a row that is not full keeps the scale it would have if it were filled with more of the same.
 */
export function placeRow(ratios: readonly number[], shape: GridShape): Span[] {
  const { width, columns, gap } = shape;
  const shares = ratios.map((ratio) => Math.min(RATIO_MAX, Math.max(RATIO_MIN, ratio)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const scale = (width - (columns - 1) * gap) / (total * (columns / ratios.length));
  let before = 0;
  return shares.map((share, i) => {
    const left = Math.round(before * scale);
    before += share;
    return { x: left + i * gap, width: Math.round(before * scale) - left };
  });
}
