import { expect, it } from 'vitest';
import type { Role, SignedIn } from '../api/session';
import { mayOperate } from './rights';

function somebody(role: Role | null, cameras: Record<string, Role> = {}): SignedIn {
  return {
    id: null,
    name: 'somebody',
    second_factor: false,
    password: true,
    role,
    cameras: Object.entries(cameras).map(([id, one]) => ({ id, role: one })),
  };
}

it.each([
  ['an administrator', somebody('administrator'), true, true],
  ['an operator', somebody('operator'), true, true],
  ['a viewer', somebody('viewer'), false, false],
  ['nobody yet', somebody(null), false, false],
  ['an operator of this camera', somebody(null, { here: 'operator' }), true, true],
  ['an operator of another', somebody('viewer', { there: 'administrator' }), true, false],
  ['a viewer of this camera', somebody(null, { here: 'viewer' }), false, false],
])('%s', (_, person, anywhere, here) => {
  expect(mayOperate(person)).toBe(anywhere);
  expect(mayOperate(person, 'here')).toBe(here);
});
