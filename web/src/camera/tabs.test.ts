import { expect, test } from 'vitest';
import { CAMERA_TABS } from '../address';
import type { SignedIn } from '../api/session';
import { tabsFor } from './tabs';

const somebody: SignedIn = {
  id: null,
  name: 'somebody',
  password: true,
  second_factor: false,
  role: 'viewer',
  cameras: [{ id: 'theirs', role: 'administrator' }],
};

test('the key is shown only to those who may change it', () => {
  expect(tabsFor(somebody, 'theirs')).toEqual([...CAMERA_TABS]);
  expect(tabsFor(somebody, 'another')).toEqual(CAMERA_TABS.filter((tab) => tab !== 'key'));
  expect(tabsFor({ ...somebody, role: 'administrator' }, 'another')).toEqual([...CAMERA_TABS]);
});
