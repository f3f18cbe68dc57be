// Browsers end a scroll box at about 16.7 million pixels (2^31/64 device pixels at two to one), and a camera that sends
// one picture a second passes that in a week. So beyond a safe height the scroll box stays shorter than the page it
// stands for: small movements go one to one, long ones (the scrubber, a dragged scroll bar) in proportion.
//
// "Virtual" heights belong to the page, "box" heights to the browser's scroll box. Below the limit they are the same.

export const BOX_HEIGHT_MAX_PX = 8_000_000;
// A movement of more than this many views at once is a jump, not reading.
const JUMP_VIEWS = 3;
// At both ends page and box run one to one, so that the wheel reaches the very first and last pixel.
const END_ZONE_PX = 1_000_000;
// This close to an end of the box, the next turn of the wheel could hit it before the page's own end is reached.
const BOX_EDGE_PX = 50_000;

export interface ScrollMap {
  readonly viewHeight: number;
  readonly virtualHeight: number;
  readonly virtualTop: number;
  readonly boxHeight: number;
  readonly boxTop: number;
}

export const NO_SCROLL: ScrollMap = {
  viewHeight: 0,
  virtualHeight: 0,
  virtualTop: 0,
  boxHeight: 0,
  boxTop: 0,
};

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function ranges(map: ScrollMap): { virtual: number; box: number } {
  return {
    virtual: Math.max(0, map.virtualHeight - map.viewHeight),
    box: Math.max(0, map.boxHeight - map.viewHeight),
  };
}

/** One to one within END_ZONE_PX of both ends, in proportion between: from a range of `from` to a range of `to`. */
function mapped(at: number, from: number, to: number): number {
  if (from === to || at <= END_ZONE_PX) return at;
  if (at >= from - END_ZONE_PX) return to - (from - at);
  return END_ZONE_PX + ((at - END_ZONE_PX) / (from - 2 * END_ZONE_PX)) * (to - 2 * END_ZONE_PX);
}

/** Puts the box where the reader's place on the page belongs. */
function anchored(map: ScrollMap): ScrollMap {
  const { virtual, box } = ranges(map);
  return { ...map, boxTop: mapped(map.virtualTop, virtual, box) };
}

/** The page or the view has another height; the reader stays where they are. */
export function resized(map: ScrollMap, virtualHeight: number, viewHeight: number): ScrollMap {
  return anchored({
    viewHeight,
    virtualHeight,
    virtualTop: clamp(map.virtualTop, 0, virtualHeight - viewHeight),
    boxHeight: Math.min(virtualHeight, BOX_HEIGHT_MAX_PX),
    boxTop: 0,
  });
}

/** The page is moved by us: a key, the scrubber, a new picture above. */
export function movedTo(map: ScrollMap, virtualTop: number): ScrollMap {
  return anchored({ ...map, virtualTop: clamp(virtualTop, 0, map.virtualHeight - map.viewHeight) });
}

/** The browser has scrolled its box to `boxTop`. */
export function scrolled(map: ScrollMap, boxTop: number): ScrollMap {
  const { virtual, box } = ranges(map);
  if (virtual === box) return { ...map, boxTop, virtualTop: boxTop };
  const moved = boxTop - map.boxTop;
  if (Math.abs(moved) > JUMP_VIEWS * map.viewHeight) {
    return { ...map, boxTop, virtualTop: mapped(boxTop, box, virtual) };
  }
  const next = { ...map, boxTop, virtualTop: clamp(map.virtualTop + moved, 0, virtual) };
  const nearPageEnd = Math.min(next.virtualTop, virtual - next.virtualTop) < END_ZONE_PX;
  const nearBoxEnd = Math.min(boxTop, box - boxTop) < BOX_EDGE_PX;
  return nearPageEnd || nearBoxEnd ? anchored(next) : next;
}

/** What to add to a place on the page to get its place in the box. */
export function boxShift(map: ScrollMap): number {
  return map.boxTop - map.virtualTop;
}
