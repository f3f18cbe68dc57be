import { expect, it } from 'vitest';
import type { Grant, Group } from '../api/people';
import { chosenOf, grantsOf, grantWords, NO_ROLE, withChoice } from './grants';

const FARM: Group = { id: 'f', name: 'Farm', created_at: 0, cameras: [] };
const HARBOUR: Group = { id: 'h', name: 'Harbour', created_at: 0, cameras: [] };

it.each<[Grant[], string]>([
  [[], 'Nothing yet'],
  [[{ group: null, role: 'viewer' }], 'Viewer of every camera'],
  [[{ group: null, role: 'administrator' }], 'Administrator of every camera and the server'],
  [
    [
      { group: 'f', role: 'viewer' },
      { group: 'h', role: 'operator' },
    ],
    'Viewer of Farm · Operator of Harbour',
  ],
  [[{ group: 'gone', role: 'viewer' }], 'Viewer of a group'],
])('%j', (grants, words) => expect(grantWords(grants, [FARM, HARBOUR])).toBe(words));

it('keeps what is chosen, and forgets what is taken back', () => {
  const before = chosenOf([{ group: null, role: 'viewer' }]);
  const more = withChoice(before, 'f', 'operator');
  expect(grantsOf(more)).toEqual([
    { group: null, role: 'viewer' },
    { group: 'f', role: 'operator' },
  ]);
  expect(grantsOf(withChoice(more, null, NO_ROLE))).toEqual([{ group: 'f', role: 'operator' }]);
  expect(grantsOf(before)).toHaveLength(1);
});
