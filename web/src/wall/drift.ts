// Where the words on the wall stand: never for long at one place, so that nothing burns into a screen that shows the wall
// for months. Pure.
import { MINUTE_MS } from '../time/words';

// Around a circle of two letters' height; a neighbour's words are further away.
const STEPS: readonly (readonly [x: number, y: number])[] = [
  [0, 0],
  [8, 0],
  [14, 6],
  [14, 12],
  [8, 18],
  [0, 18],
  [-6, 12],
  [-6, 6],
];
const CORNERS = ['top-right', 'bottom-right', 'bottom-left', 'top-left'] as const;
// The clock is the brightest, and always there: it goes further.
const CORNER_LASTS_MIN = 10;

export interface Drift {
  x_px: number;
  y_px: number;
  corner: (typeof CORNERS)[number];
}

/** Another place every minute. */
export function driftAt(now: number): Drift {
  const minute = Math.floor(now / MINUTE_MS);
  const [x_px, y_px] = STEPS[minute % STEPS.length] ?? [0, 0];
  return {
    x_px,
    y_px,
    corner: CORNERS[Math.floor(minute / CORNER_LASTS_MIN) % CORNERS.length] ?? 'top-right',
  };
}
