import { expect, it } from 'vitest';
import { pixelZoom, showsPixels, smallestZoom, zoomWords } from './pixels';

it.each([
  // [fit, density, zoom of 1:1, smallest zoom]
  ['a large picture on a plain screen', 0.5, 1, 2, 1],
  ['on one of twice the pixels', 0.5, 2, 1, 1],
  ['a small one, enlarged to fit', 2, 1, 0.5, 0.5],
  ['a small one on a dense screen', 2, 3, 1 / 6, 1 / 6],
] as const)('%s', (_, fit, density, one, smallest) => {
  expect(pixelZoom(fit, density)).toBeCloseTo(one);
  expect(smallestZoom(fit, density)).toBeCloseTo(smallest);
  expect(zoomWords(one, fit, density)).toBe('100 %');
  expect(showsPixels(one, fit, density)).toBe(true);
  expect(showsPixels(one * 0.9, fit, density)).toBe(false);
  expect(showsPixels(one * 4, fit, density)).toBe(fit * density * 4 * one !== fit * density);
});

it('leaves what is enlarged to fit smooth, until somebody comes closer', () => {
  expect(showsPixels(1, 2, 1)).toBe(false);
  expect(showsPixels(1.2, 2, 1)).toBe(true);
});
