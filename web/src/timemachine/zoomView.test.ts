import { describe, expect, it } from 'vitest';
import {
  doubleTapped,
  MIDDLE,
  panned,
  pinched,
  pixelScale,
  transformOf,
  WHOLE,
  zoomedAt,
  zoomedByKey,
  type Point,
  type ZoomView,
} from './zoomView';

const seenAt = (view: ZoomView, p: Point) => ({ x: p.x * view.scale + view.x, y: p.y * view.scale + view.y });

describe('zooming', () => {
  it.each([MIDDLE, { x: 0.2, y: 0.9 }, { x: 0, y: 0 }])('keeps what is under the pointer there: %o', (at) => {
    let view = WHOLE;
    const under = at;
    for (const factor of [1.5, 2, 1.1]) view = zoomedAt(view, factor, at);
    expect(view.scale).toBeCloseTo(3.3);
    expect(seenAt(view, under).x).toBeCloseTo(at.x);
    expect(seenAt(view, under).y).toBeCloseTo(at.y);
  });

  it('ends at the whole and at sixteen times', () => {
    expect(zoomedAt(WHOLE, 0.5, MIDDLE)).toEqual(WHOLE);
    expect(zoomedAt(WHOLE, 1000, MIDDLE).scale).toBe(16);
    // Out at another point than in: no edge is left open.
    const corner = zoomedAt(WHOLE, 4, { x: 1, y: 1 });
    expect(zoomedAt(corner, 0.25, { x: 0, y: 0 })).toEqual(WHOLE);
  });

  it('goes close with a double tap, and back with another', () => {
    const close = doubleTapped(WHOLE, { x: 0.25, y: 0.5 });
    expect(close).toEqual({ scale: 4, x: -0.75, y: -1.5 });
    expect(doubleTapped(close, { x: 0.9, y: 0.1 })).toEqual(WHOLE);
  });
});

it.each([
  [0.1, 0.1, -0.4, -0.4],
  [9, 9, 0, 0],
  [-9, -9, -1, -1],
])('pans by %d, %d no further than the edges', (dx, dy, x, y) => {
  const moved = panned({ scale: 2, x: -0.5, y: -0.5 }, dx, dy);
  expect(moved.x).toBeCloseTo(x);
  expect(moved.y).toBeCloseTo(y);
});

it('pans nothing that is seen as a whole', () => {
  expect(panned(WHOLE, 0.3, -0.3)).toEqual(WHOLE);
});

describe('two fingers', () => {
  const fingers = (ax: number, bx: number): readonly [Point, Point] => [
    { x: ax, y: 0.5 },
    { x: bx, y: 0.5 },
  ];

  it('twice as far apart are twice as close', () => {
    const view = pinched(WHOLE, fingers(0.4, 0.6), fingers(0.3, 0.7));
    expect(view.scale).toBeCloseTo(2);
    expect(seenAt(view, MIDDLE).x).toBeCloseTo(0.5);
  });

  it('move the picture when they move together', () => {
    const view = pinched({ scale: 4, x: -1.5, y: -1.5 }, fingers(0.4, 0.6), fingers(0.5, 0.7));
    expect(view.scale).toBeCloseTo(4);
    expect(view.x).toBeCloseTo(-1.4);
  });

  it('survive standing on one point', () => {
    expect(pinched(WHOLE, fingers(0.5, 0.5), fingers(0.4, 0.6))).toEqual(WHOLE);
  });
});

describe('keys', () => {
  const close: ZoomView = { scale: 2, x: -0.5, y: -0.5 };
  it.each([
    ['+', WHOLE, { scale: 2, x: -0.5, y: -0.5 }],
    ['=', WHOLE, { scale: 2, x: -0.5, y: -0.5 }],
    ['-', close, WHOLE],
    ['0', close, WHOLE],
    ['1', WHOLE, { scale: 3, x: -1, y: -1 }],
    ['ArrowRight', close, { scale: 2, x: -0.65, y: -0.5 }],
    ['ArrowUp', close, { scale: 2, x: -0.5, y: -0.35 }],
    ['ArrowRight', WHOLE, undefined],
    ['x', close, undefined],
  ])('%s of %o', (key, view, expected) => {
    expect(zoomedByKey(view, key, 3)).toEqual(expected);
  });
});

it.each([
  // [picture, pane, density, scale]
  [1600, 800, 1, 2],
  [1600, 800, 2, 1],
  [400, 800, 1, 1],
  [1600, 0, 1, 1],
])('pixels of a picture %d wide in a pane of %d at density %d: %d', (picture, pane, density, scale) => {
  const size = (width: number) => ({ width, height: (width * 3) / 4 });
  expect(pixelScale(size(picture), size(pane), density)).toBe(scale);
});

it('is written for CSS', () => {
  expect(transformOf({ scale: 2, x: -0.5, y: 0 })).toBe('translate(-50%, 0%) scale(2)');
});
