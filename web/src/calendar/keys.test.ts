import { expect, test } from 'vitest';
import { dayByKey } from './keys';

test.each([
  ['ArrowDown', 100, 101],
  ['ArrowUp', 100, 99],
  ['ArrowRight', 100, 107],
  ['ArrowLeft', 100, 93],
  ['Home', 200, 10],
  ['End', 100, 374],
  ['ArrowUp', 10, undefined],
  ['ArrowRight', 370, undefined],
  ['Enter', 100, undefined],
])('%s on day %i of 10 to 374', (key, from, to) => {
  expect(dayByKey(key, from, 10, 374)).toBe(to);
});
