import { expect, test } from 'vitest';
import { driftAt } from './drift';

const MINUTE_MS = 60_000;

test('nothing stands still for two minutes, and the clock sees every corner in an hour', () => {
  const hour = Array.from({ length: 60 }, (_, minute) => driftAt(minute * MINUTE_MS));
  hour.slice(1).forEach((drift, i) => {
    expect([drift.x_px, drift.y_px]).not.toEqual([hour[i]?.x_px, hour[i]?.y_px]);
  });
  expect(new Set(hour.map(({ corner }) => corner)).size).toBe(4);
});

test('within a minute it does not move', () => {
  expect(driftAt(59_999)).toEqual(driftAt(0));
});
