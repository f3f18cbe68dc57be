import { expect, test } from 'vitest';
import { beginsWords, hexDump } from './hexDump';

test('lays bytes out by sixteen, with what of them is text', () => {
  const bytes = new Uint8Array([0xff, 0xd8, ...new TextEncoder().encode('JFIF and more <b>'), 0]);
  expect(hexDump(bytes)).toBe(
    [
      '00000000  ff d8 4a 46 49 46 20 61 6e 64 20 6d 6f 72 65 20  ..JFIF and more ',
      '00000010  3c 62 3e 00                                      <b>.',
    ].join('\n'),
  );
  expect(hexDump(new Uint8Array())).toBe('');
});

test.each([
  ['nothing came', ''],
  ['begins with “GIF89a”', '474946383961'],
  ['begins with “0123456789abcdef…”', '3031323334353637383961626364656667'],
  ['begins with ff d8 ff e0 00 10 4a 46', 'ffd8ffe000104a464946'],
])('%s', (words, head) => {
  expect(beginsWords(head)).toBe(words);
});
