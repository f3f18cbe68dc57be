import { expect, it } from 'vitest';
import type { Role, SignedIn } from '../api/session';
import { mayAdminister, mayOperate } from './rights';

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

it.each([
  ['an administrator', somebody('administrator'), true, true],
  ['an operator', somebody('operator', { here: 'operator' }), false, false],
  ['an administrator of this camera', somebody('viewer', { here: 'administrator' }), false, true],
  ['an administrator of another', somebody(null, { there: 'administrator' }), false, false],
])('%s administers', (_, person, everything, here) => {
  expect(mayAdminister(person)).toBe(everything);
  expect(mayAdminister(person, 'here')).toBe(here);
});
