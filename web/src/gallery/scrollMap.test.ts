import { describe, expect, it } from 'vitest';
import { BOX_HEIGHT_MAX_PX, NO_SCROLL, boxShift, movedTo, resized, scrolled } from './scrollMap';

const VIEW = 900;
const HUGE = 400_000_000;

describe('a page the browser can hold', () => {
  const map = resized(NO_SCROLL, 50_000, VIEW);

  it('is its own scroll box', () => {
    expect(map.boxHeight).toBe(50_000);
    expect(scrolled(map, 12_345.5).virtualTop).toBe(12_345.5);
    expect(boxShift(scrolled(map, 12_345.5))).toBe(0);
  });

  it('keeps the reader inside when it shrinks', () => {
    const short = resized(movedTo(map, 40_000), 10_000, VIEW);
    expect(short.virtualTop).toBe(10_000 - VIEW);
    expect(short.boxTop).toBe(10_000 - VIEW);
  });

  it('stays at the top when it is shorter than the view', () => {
    expect(movedTo(resized(NO_SCROLL, 300, VIEW), 200).virtualTop).toBe(0);
  });
});

describe('a page taller than a scroll box can be', () => {
  const map = movedTo(resized(NO_SCROLL, HUGE, VIEW), HUGE / 2);

  it('has a box of the safe height', () => {
    expect(map.boxHeight).toBe(BOX_HEIGHT_MAX_PX);
  });

  it('moves one to one while reading', () => {
    const next = scrolled(map, map.boxTop + 120);
    expect(next.virtualTop).toBe(map.virtualTop + 120);
    expect(boxShift(next)).toBe(boxShift(map));
  });

  it('moves in proportion when jumping', () => {
    // A sixth of the way through what lies between the one-to-one ends.
    const next = scrolled(map, 1_000_000 + (BOX_HEIGHT_MAX_PX - VIEW - 2_000_000) / 6);
    expect(next.virtualTop).toBeCloseTo(1_000_000 + (HUGE - VIEW - 2_000_000) / 6, 0);
  });

  it.each([
    ['first', -1, 0],
    ['last', 1, HUGE - VIEW],
  ])('reaches its %s pixel by the wheel alone', (_, direction, end) => {
    // Ten million pixels short of the end: far more than the box has left there.
    let at = movedTo(map, end === 0 ? 10_000_000 : HUGE - VIEW - 10_000_000);
    for (let turn = 0; turn < 11_000 && at.virtualTop !== end; turn += 1) {
      const boxRange = at.boxHeight - at.viewHeight;
      at = scrolled(at, Math.min(Math.max(at.boxTop + direction * 1000, 0), boxRange));
    }
    expect(at.virtualTop).toBe(end);
  });
});
