// Which part of a picture is seen, as one value that several panes can share. Pure.
//
// All lengths are fractions of the pane, so panes of different sizes show the same part. A point p of the fitted picture
// is seen at p × scale + offset.

export interface ZoomView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const WHOLE: ZoomView = { scale: 1, x: 0, y: 0 };
export const MIDDLE: Point = { x: 0.5, y: 0.5 };

// A picture of 1600 pixels in a pane of 400 on a screen of twice the density is at 1:1 at 2, and at 8:1 here.
const SCALE_MAX = 16;
// Of a key, and of a double tap.
const STEP = 2;
// Of an arrow key, as a part of the pane.
const PAN_STEP = 0.15;

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** No further in than the maximum, no further out than the whole, and never beyond an edge. */
function bounded({ scale, x, y }: ZoomView): ZoomView {
  // What is not 0 must not be −0: it would be another value for the same view.
  return { scale, x: within(x, 1 - scale, 0) + 0, y: within(y, 1 - scale, 0) + 0 };
}

/** `factor` times as large, with what is seen at `at` staying there. */
export function zoomedAt(view: ZoomView, factor: number, at: Point): ZoomView {
  return zoomedTo(view, view.scale * factor, at);
}

export function zoomedTo(view: ZoomView, wanted: number, at: Point): ZoomView {
  const scale = within(wanted, 1, SCALE_MAX);
  const ratio = scale / view.scale;
  return bounded({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio });
}

export function panned(view: ZoomView, dx: number, dy: number): ZoomView {
  return bounded({ ...view, x: view.x + dx, y: view.y + dy });
}

/** Close at the point, and back. */
export function doubleTapped(view: ZoomView, at: Point): ZoomView {
  return view.scale > 1 ? WHOLE : zoomedAt(view, STEP * STEP, at);
}

/** Two fingers: what was between them stays between them. */
export function pinched(
  view: ZoomView,
  before: readonly [Point, Point],
  now: readonly [Point, Point],
): ZoomView {
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const apart = ([a, b]: readonly [Point, Point]) => Math.hypot(a.x - b.x, a.y - b.y);
  const from = middle(before);
  const to = middle(now);
  const factor = apart(before) > 0 ? apart(now) / apart(before) : 1;
  return panned(zoomedAt(view, factor, from), to.x - from.x, to.y - from.y);
}

/** Undefined: the key is for somebody else. `pixels`: the scale at which pixels are pixels. */
export function zoomedByKey(view: ZoomView, key: string, pixels: number): ZoomView | undefined {
  switch (key) {
    case '+':
    case '=':
      return zoomedAt(view, STEP, MIDDLE);
    case '-':
      return zoomedAt(view, 1 / STEP, MIDDLE);
    case '0':
      return WHOLE;
    case '1':
      return zoomedTo(view, pixels, MIDDLE);
  }
  if (view.scale === 1) return undefined;
  switch (key) {
    case 'ArrowLeft':
      return panned(view, PAN_STEP, 0);
    case 'ArrowRight':
      return panned(view, -PAN_STEP, 0);
    case 'ArrowUp':
      return panned(view, 0, PAN_STEP);
    case 'ArrowDown':
      return panned(view, 0, -PAN_STEP);
  }
  return undefined;
}

interface Size {
  width: number;
  height: number;
}

/** The scale at which each pixel of the picture is one of the screen; 1 where even the whole is larger. */
export function pixelScale(picture: Size, pane: Size, density: number): number {
  const fit = Math.min(pane.width / picture.width, pane.height / picture.height);
  return fit > 0 ? Math.max(1, 1 / (fit * density)) : 1;
}

/** For an element as large as its pane, from its upper left corner. */
export function transformOf({ scale, x, y }: ZoomView): string {
  return `translate(${x * 100}%, ${y * 100}%) scale(${scale})`;
}
