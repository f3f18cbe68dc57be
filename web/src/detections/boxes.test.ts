import { describe, expect, it } from 'vitest';
import type { Detection } from '../api/gallery';
import { drawnBoxes, percentWords, turnedBox } from './boxes';

const BOX = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };

const found = (label: string, box: Detection['box']): Detection => ({
  source: 'eye',
  label,
  score: 0.9,
  box,
});

describe('a box turns with the picture', () => {
  it.each([
    [0, BOX],
    [1, { x: 0.4, y: 0.1, width: 0.4, height: 0.3 }],
    [2, { x: 0.6, y: 0.4, width: 0.3, height: 0.4 }],
    [3, { x: 0.2, y: 0.6, width: 0.4, height: 0.3 }],
    [-1, { x: 0.2, y: 0.6, width: 0.4, height: 0.3 }],
  ])('by %d quarters', (turns, expected) => {
    const turned = turnedBox(BOX, turns);
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(turned[side]).toBeCloseTo(expected[side], 9);
  });
});

describe('what is drawn', () => {
  it('is what has a place, the smallest on top', () => {
    const small = { x: 0.5, y: 0.5, width: 0.1, height: 0.1 };
    const drawn = drawnBoxes([found('moth', small), found('rain', null), found('leaf', BOX)], 0);
    expect(drawn.map(({ words }) => words)).toEqual(['leaf 90 %', 'moth 90 %']);
  });

  it('tells one from another, and knows where there is no room above', () => {
    const top = { ...BOX, y: 0.01 };
    const drawn = drawnBoxes([found('moth', top), found('moth', top)], 0);
    expect(new Set(drawn.map(({ key }) => key)).size).toBe(2);
    expect(drawn.map(({ atTop }) => atTop)).toEqual([true, true]);
    expect(drawnBoxes([found('moth', top)], 2)[0]).toMatchObject({ atTop: false, atEnd: false });
    expect(drawnBoxes([found('moth', { ...BOX, x: 0.8, width: 0.1 })], 0)[0]?.atEnd).toBe(true);
  });
});

it.each([
  [0, '0 %'],
  [0.004, '0.4 %'],
  [0.0126, '1 %'],
  [0.875, '88 %'],
  [1, '100 %'],
])('%d is %s', (share, words) => {
  expect(percentWords(share)).toBe(words);
});
