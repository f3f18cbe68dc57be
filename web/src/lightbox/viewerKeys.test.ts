import { expect, it } from 'vitest';
import { viewerAction } from './viewerKeys';

const NONE = { ctrlKey: false, metaKey: false, altKey: false };

it.each([
  ['0', 'fit'],
  ['1', 'pixels'],
  ['i', 'facts'],
  ['I', 'facts'],
  ['a', 'adjust'],
  ['r', 'turn'],
  ['f', 'fullscreen'],
  ['s', 'star'],
  ['ArrowLeft', undefined],
  ['+', undefined],
  ['toString', undefined],
])('%s: %s', (key, action) => {
  expect(viewerAction({ key, ...NONE })).toBe(action);
});

it.each(['ctrlKey', 'metaKey', 'altKey'])("leaves the browser's own alone: %s", (modifier) => {
  expect(viewerAction({ key: 'r', ...NONE, [modifier]: true })).toBeUndefined();
});
