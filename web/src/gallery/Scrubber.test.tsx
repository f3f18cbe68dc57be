// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { gridShape, layoutDays } from './layout';
import { NO_SCROLL, movedTo, resized } from './scrollMap';
import { Scrubber } from './Scrubber';

const VIEW = 800;
const TODAY = Date.parse('2026-03-10T00:00:00Z') / 86_400_000;
// Every day from 10 March back to 1 January.
const LAYOUT = layoutDays(
  Array.from({ length: 69 }, (_, i) => ({ day: TODAY - i, first: i * 30, count: 30, hours: [] })),
  gridShape(1200),
);

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
});

function renderAt(day: number) {
  const moveTo = vi.fn<(top: number) => void>();
  const top = LAYOUT.boxes[day]?.top ?? 0;
  const scroll = movedTo(resized(NO_SCROLL, LAYOUT.height, VIEW), top);
  render(<Scrubber layout={LAYOUT} scroll={scroll} today={TODAY} moveTo={moveTo} />);
  const slider = screen.getByRole('slider', { name: 'Day' });
  return {
    slider,
    /** The day that a key leads to, counted from today back. */
    press: (key: string) => {
      fireEvent.keyDown(slider, { key });
      return LAYOUT.boxes.findIndex((box) => box.top === moveTo.mock.lastCall?.[0]);
    },
  };
}

it('says the day at the top of the view', () => {
  const { slider } = renderAt(1);
  expect(slider.getAttribute('aria-valuetext')).toBe('Yesterday');
  expect(slider.getAttribute('aria-valuenow')).toBe('1');
});

it('steps through days and months by key', () => {
  const { press } = renderAt(20);
  expect(press('ArrowDown')).toBe(21);
  expect(press('ArrowUp')).toBe(19);
  // The 20th day back is 18 February: January begins (from its end) after 38 days, March after none.
  expect(press('PageDown')).toBe(38);
  expect(press('PageUp')).toBe(0);
  expect(press('Home')).toBe(0);
  expect(press('End')).toBe(68);
});

it('stays inside at both ends', () => {
  expect(renderAt(0).press('PageUp')).toBe(0);
});
