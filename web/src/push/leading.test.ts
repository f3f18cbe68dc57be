import { expect, test } from 'vitest';
import { pageToLead } from './leading';

const page = (name: string, visibilityState: DocumentVisibilityState, focused = false) => ({
  name,
  visibilityState,
  focused,
});

test.each([
  ['none', [], undefined],
  ['the only one', [page('a', 'hidden')], 'a'],
  ['the one in sight', [page('a', 'hidden'), page('b', 'visible')], 'b'],
  ['the one in hand', [page('a', 'visible'), page('b', 'hidden'), page('c', 'visible', true)], 'c'],
])('leads %s', (_, pages, led) => {
  expect(pageToLead(pages)?.name).toBe(led);
});
