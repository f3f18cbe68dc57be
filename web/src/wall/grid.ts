// How cameras share a screen. Pure.

export interface Grid {
  columns: number;
  rows: number;
}

export interface Room {
  width: number;
  height: number;
}

/** Most pictures have this shape. */
export const USUAL_RATIO = 4 / 3;
// A sixth of a wide screen, and two side by side on a phone: what is smaller is not looked at from across a room.
const COLUMNS_ACROSS = 6;
const NARROWEST_PX = 170;
const WIDE_ENOUGH_PX = 320;
/** As many as the server sends over one line. */
export const MOST_AT_ONCE = 64;

/**
 * How much of the room shows something. A picture that is shown whole leaves as much of its tile empty as one that
 * fills it loses at its edges, so the same grid is the best for both.
 */
function used({ width, height }: Room, { columns, rows }: Grid, ratios: readonly number[]): number {
  const tile = width / columns / (height / rows);
  const shown = ratios.map((ratio) => Math.min(ratio / tile, tile / ratio));
  return shown.reduce((sum, part) => sum + part, 0) / (columns * rows);
}

/** All of them on one page, in the grid that wastes least. */
function best(room: Room, ratios: readonly number[]): Grid {
  const count = Math.max(1, ratios.length);
  let found: Grid = { columns: 1, rows: count };
  for (let columns = 2; columns <= count; columns += 1) {
    const grid = { columns, rows: Math.ceil(count / columns) };
    if (used(room, grid, ratios) > used(room, found, ratios)) found = grid;
  }
  return found;
}

function pictureWidth({ width, height }: Room, { columns, rows }: Grid): number {
  return Math.min(width / columns, (height / rows) * USUAL_RATIO);
}

/**
 * `ratios`: each camera's width by height, in their order. `most`: the reader's wish; undefined: as many as there are,
 * and can be seen.
 */
export function gridFor(room: Room, ratios: readonly number[], most: number | undefined): Grid {
  const narrowest = Math.max(NARROWEST_PX, Math.min(WIDE_ENOUGH_PX, room.width / COLUMNS_ACROSS));
  let wanted = Math.max(1, Math.min(ratios.length, most ?? MOST_AT_ONCE, MOST_AT_ONCE));
  let grid = best(room, ratios.slice(0, wanted));
  // What somebody asks for they get, however small.
  while (most === undefined && wanted > 1 && pictureWidth(room, grid) < narrowest) {
    wanted -= 1;
    grid = best(room, ratios.slice(0, wanted));
  }
  return grid;
}

/** In their order, so many on each page. No items: one empty page. */
export function pagesOf<T>(items: readonly T[], { columns, rows }: Grid): T[][] {
  const each = columns * rows;
  const pages = Math.max(1, Math.ceil(items.length / each));
  return Array.from({ length: pages }, (_, page) => items.slice(page * each, (page + 1) * each));
}
