import { expect, test } from 'vitest';
import { heardKey } from './keySequence';

test.each([
  ['nothing was pressed', undefined, 'x', undefined],
  ['the second in time', { since: 1_000 }, 'M', 'm'],
  ['the first again, as the second', { since: 1_000 }, 'g', 'g'],
  ['too late', { since: 0 }, 'm', undefined],
])('%s', (_, waiting, key, second) => {
  expect(heardKey(waiting, key, 'g', 2_000).second).toBe(second);
});

test('the first letter waits, and what comes too late may be the first', () => {
  expect(heardKey(undefined, 'G', 'g', 5).waiting).toEqual({ since: 5 });
  expect(heardKey({ since: 0 }, 'g', 'g', 9_000).waiting).toEqual({ since: 9_000 });
  expect(heardKey({ since: 0 }, 'm', 'g', 10).waiting).toBeUndefined();
});
