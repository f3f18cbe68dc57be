import { expect, test } from 'vitest';
import { placeholderPixels } from './placeholderPixels';

const base64 = (hex: string) => btoa(String.fromCharCode(...Uint8Array.from(Buffer.from(hex, 'hex'))));

test('a landscape has the proportions and the colour of its picture', () => {
  // Of 32 × 24 pixels of (9, 200, 77), by the server.
  const pixels = placeholderPixels(base64('d888000580000000000000000000000000000000'));
  if (!pixels) throw new Error('no pixels');
  expect(pixels.width).toBeGreaterThan(pixels.height);
  expect(pixels.rgba).toHaveLength(pixels.width * pixels.height * 4);
  const [red = 0, green = 0, blue = 0, opaque = 0] = pixels.rgba;
  expect(green).toBeGreaterThan(Math.max(red, blue));
  expect(opaque).toBe(255);
});

test.each(['', 'AAA', '???', base64('d8880005')])('"%s" is none', (hash) => {
  expect(placeholderPixels(hash)).toBeUndefined();
});
