import { expect, test } from 'vitest';
import { readOptions, writeOptions } from './options';

const USUAL = { group: undefined, show: 'latest', every_s: 20, most: undefined } as const;

test.each([
  ['', USUAL],
  ['group=Farm&show=live&every=60&most=4', { group: 'Farm', show: 'live', every_s: 60, most: 4 }],
  ['show=fireworks&every=0&most=1000', USUAL],
  ['every=1e9&most=-1', USUAL],
])('%s', (query, options) => {
  expect(readOptions(new URLSearchParams(query))).toEqual(options);
});

test('what is written is read as it was, beside what else stands there', () => {
  const options = { group: 'Farm & field', show: 'live', every_s: 300, most: 9 } as const;
  const written = writeOptions(new URLSearchParams('page=wall&every=10'), options);
  expect(written.get('page')).toBe('wall');
  expect(readOptions(written)).toEqual(options);
  expect(writeOptions(written, USUAL).toString()).toBe('page=wall');
});
