// Where a key leads in the grid: across rows and across days, as the eye goes.
import { boxOf, type GridLayout } from './layout';

/** The picture that `key` leads to from `index`; undefined if the key is none of ours. */
export function pictureByKey(
  layout: GridLayout,
  index: number,
  key: string,
  viewHeight: number,
): number | undefined {
  const last = layout.boxes.at(-1);
  if (!last) return undefined;
  const total = last.first + last.count;
  const rowsPerView = Math.max(1, Math.floor(viewHeight / (layout.shape.rowHeight + layout.shape.gap)));
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(total - 1, index + 1);
    case 'ArrowUp':
      return rowsAway(layout, index, -1);
    case 'ArrowDown':
      return rowsAway(layout, index, 1);
    case 'PageUp':
      return rowsAway(layout, index, -rowsPerView);
    case 'PageDown':
      return rowsAway(layout, index, rowsPerView);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return undefined;
  }
}

function rowsAway(layout: GridLayout, index: number, rows: number): number {
  const { columns } = layout.shape;
  const step = Math.sign(rows);
  let at = index;
  for (let i = 0; i !== rows; i += step) {
    const box = boxOf(layout, at);
    if (!box) return at;
    const column = (at - box.first) % columns;
    const rowFirst = at - column;
    // The first picture of the row above, or below: in this day or its neighbour.
    const neighbour =
      step > 0
        ? Math.min(rowFirst + columns, box.first + box.count)
        : lastRowBefore(layout, rowFirst, box.first);
    const target = boxOf(layout, neighbour);
    if (!target) return at;
    at = Math.min(neighbour + column, target.first + target.count - 1);
  }
  return at;
}

/** The first picture of the row above the row that begins with `rowFirst`. */
function lastRowBefore(layout: GridLayout, rowFirst: number, dayFirst: number): number {
  const { columns } = layout.shape;
  if (rowFirst > dayFirst) return rowFirst - columns;
  const above = boxOf(layout, dayFirst - 1);
  if (!above) return -1;
  return above.first + Math.floor((above.count - 1) / columns) * columns;
}
