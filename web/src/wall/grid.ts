// How cameras share a screen. Pure.

export interface Grid {
  columns: number;
  rows: number;
}

export interface Room {
  width: number;
  height: number;
}

// Most pictures have this shape; others are shown whole within it.
const TILE_RATIO = 4 / 3;
// A sixth of a wide screen, and two side by side on a phone: what is smaller is not looked at from across a room.
const COLUMNS_ACROSS = 6;
const NARROWEST_PX = 170;
const WIDE_ENOUGH_PX = 320;
/** As many as the server sends over one line. */
export const MOST_AT_ONCE = 64;

function tileWidth({ width, height }: Room, columns: number, rows: number): number {
  return Math.min(width / columns, (height / rows) * TILE_RATIO);
}

/** So many on one page, so that each is as large as can be. */
function largest(room: Room, count: number): Grid {
  let best: Grid = { columns: 1, rows: count };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    if (tileWidth(room, columns, rows) > tileWidth(room, best.columns, best.rows)) best = { columns, rows };
  }
  return best;
}

/** `most`: the reader's wish; undefined: as many as there are, and can be seen. */
export function gridFor(room: Room, count: number, most: number | undefined): Grid {
  const narrowest = Math.max(NARROWEST_PX, Math.min(WIDE_ENOUGH_PX, room.width / COLUMNS_ACROSS));
  let wanted = Math.max(1, Math.min(count, most ?? MOST_AT_ONCE, MOST_AT_ONCE));
  let grid = largest(room, wanted);
  // What somebody asks for they get, however small.
  while (most === undefined && wanted > 1 && tileWidth(room, grid.columns, grid.rows) < narrowest) {
    wanted -= 1;
    grid = largest(room, wanted);
  }
  return grid;
}

/** In their order, so many on each page. No items: one empty page. */
export function pagesOf<T>(items: readonly T[], { columns, rows }: Grid): T[][] {
  const each = columns * rows;
  const pages = Math.max(1, Math.ceil(items.length / each));
  return Array.from({ length: pages }, (_, page) => items.slice(page * each, (page + 1) * each));
}
