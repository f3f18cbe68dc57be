import { expect, it } from 'vitest';
import { viewerAction } from './viewerKeys';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };

it.each([
  ['0', 'fit'],
  ['1', 'pixels'],
  ['i', 'facts'],
  ['I', 'facts'],
  ['a', 'adjust'],
  ['r', 'turn'],
  ['b', 'boxes'],
  ['f', 'fullscreen'],
  ['s', 'star'],
  ['Delete', 'trash'],
  ['Backspace', undefined],
  ['ArrowLeft', undefined],
  ['+', undefined],
  ['toString', undefined],
])('%s: %s', (key, action) => {
  expect(viewerAction({ key, ...NONE })).toBe(action);
});

it.each(['ctrlKey', 'metaKey', 'altKey'])("leaves the browser's own alone: %s", (modifier) => {
  expect(viewerAction({ key: 'r', ...NONE, [modifier]: true })).toBeUndefined();
});

it('asks once while it is held down', () => {
  expect(viewerAction({ key: 'Delete', ...NONE, repeat: true })).toBeUndefined();
});
