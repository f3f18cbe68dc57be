import { expect, it } from 'vitest';
import { compareNames } from './byName';

it.each([
  [
    ['Weir', 'north', 'East', 'orchard'],
    ['East', 'north', 'orchard', 'Weir'],
  ],
  [
    ['b', 'B', 'a', 'A'],
    ['a', 'A', 'b', 'B'],
  ],
  [
    ['Öland', 'Zebra', 'Oak', 'Äpfel'],
    ['Äpfel', 'Oak', 'Öland', 'Zebra'],
  ],
  [
    ['Gate 2', 'Gate', 'Gate 1'],
    ['Gate', 'Gate 1', 'Gate 2'],
  ],
])('orders %j as people do, and as the browser would', (names, ordered) => {
  expect(names.toSorted(compareNames)).toEqual(ordered);
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(ordered);
});
