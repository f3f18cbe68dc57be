import { expect, it } from 'vitest';
import { whyNotFlash } from './ability';

it.each([
  [true, true, undefined],
  [false, false, 'insecure'],
  [false, true, 'insecure'],
  [true, false, 'no serial'],
])('secure %s, serial %s: %s', (secure, serial, why) => {
  expect(whyNotFlash(secure, serial)).toBe(why);
});
