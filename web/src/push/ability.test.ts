import { expect, it } from 'vitest';
import { whyNotTold } from './ability';

const ABLE = { secure: true, push: true, standalone: undefined, permission: 'default' } as const;

it.each([
  ['asked for nothing yet', ABLE, undefined],
  ['allowed', { ...ABLE, permission: 'granted' }, undefined],
  ['denied', { ...ABLE, permission: 'denied' }, 'denied'],
  ['over plain HTTP', { ...ABLE, secure: false, push: false, permission: 'denied' }, 'insecure'],
  ['an old browser', { ...ABLE, push: false }, 'no push'],
  ['an iPhone’s Safari', { ...ABLE, push: false, standalone: false }, 'install first'],
  ['an old iPhone’s home screen', { ...ABLE, push: false, standalone: true }, 'no push'],
  ['an iPhone’s home screen', { ...ABLE, standalone: true }, undefined],
] as const)('%s', (_, abilities, why) => {
  expect(whyNotTold(abilities)).toBe(why);
});
