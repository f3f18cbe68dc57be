import { expect, test } from 'vitest';
import { PAGES, type Page } from '../address';
import type { SignedIn } from '../api/session';
import type { Place } from '../nav/places';
import { offered, whyNot } from './pageRights';

function person(role: SignedIn['role'], more: Partial<SignedIn> = {}): SignedIn {
  return {
    id: '1',
    name: 'maria',
    role,
    cameras: [],
    has_password: true,
    second_factor: false,
    ...more,
  } as SignedIn;
}

function open(visit: { login: boolean; person: SignedIn }): Page[] {
  return PAGES.filter((page) => whyNot(page, visit) === undefined);
}

test.each<[who: string, login: boolean, person: SignedIn, pages: Page[]]>([
  ['an administrator', true, person('administrator'), [...PAGES]],
  [
    'an operator',
    true,
    person('operator'),
    ['fleet', 'alerts', 'camera', 'map', 'time', 'wall', 'storage', 'account', 'shares', 'trash'],
  ],
  [
    'a viewer',
    true,
    person('viewer'),
    ['fleet', 'alerts', 'camera', 'map', 'time', 'wall', 'storage', 'account'],
  ],
  ['somebody with no camera', true, person(null), ['account']],
  [
    'a viewer of one camera',
    true,
    person(null, { cameras: [{ id: 'a', role: 'viewer' }] }),
    ['fleet', 'alerts', 'camera', 'map', 'time', 'wall', 'storage', 'account'],
  ],
  [
    'everybody, where there is no login',
    false,
    person('administrator'),
    [
      'fleet',
      'alerts',
      'camera',
      'map',
      'time',
      'wall',
      'storage',
      'cameras',
      'shares',
      'trash',
      'firmware',
      'flash',
      'server',
    ],
  ],
])('%s', (_, login, who, pages) => {
  expect(open({ login, person: who })).toEqual(pages);
});

test('says why not', () => {
  expect(whyNot('fleet', { login: true, person: person(null) })).toBe('no cameras');
  expect(whyNot('shares', { login: true, person: person('viewer') })).toBe('not for viewers');
  expect(whyNot('people', { login: true, person: person('operator') })).toBe('not for you');
  expect(whyNot('people', { login: false, person: person('administrator') })).toBe('no login');
});

test.each<[who: string, login: boolean, person: SignedIn, inSight: Place[], more: Place[], account: Place[]]>(
  [
    [
      'an administrator',
      true,
      person('administrator'),
      ['pictures', 'fleet', 'alerts', 'map', 'time', 'wall', 'storage', 'cameras'],
      ['shares', 'trash', 'firmware', 'flash', 'server'],
      ['account', 'people', 'audit'],
    ],
    [
      'a viewer',
      true,
      person('viewer'),
      ['pictures', 'fleet', 'alerts', 'map', 'time', 'wall', 'storage'],
      [],
      ['account'],
    ],
    ['somebody with no camera', true, person(null), [], [], ['account']],
    [
      'everybody, where there is no login',
      false,
      person('administrator'),
      ['pictures', 'fleet', 'alerts', 'map', 'time', 'wall', 'storage', 'cameras'],
      ['shares', 'trash', 'firmware', 'flash', 'server'],
      [],
    ],
  ],
)('%s is offered', (_, login, who, inSight, more, account) => {
  const visit = { login, person: who };
  expect(offered(visit, 'bar', 'rail', 'foot')).toEqual(inSight);
  expect(offered(visit, 'more')).toEqual(more);
  expect(offered(visit, 'account')).toEqual(account);
});
