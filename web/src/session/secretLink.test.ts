// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { invitationUrl, readSecret, takeSecret } from './secretLink';

it.each([
  ['#setup=lnk_aB3', { kind: 'setup', token: 'lnk_aB3' }],
  ['#link=lnk_aB3', { kind: 'link', token: 'lnk_aB3' }],
  ['', undefined],
  ['#link=', undefined],
  ['#link=ses_aB3', undefined],
  ['#other=lnk_aB3', undefined],
  ['#link=lnk_aB3"><img src=x>', undefined],
])('%s', (hash, link) => expect(readSecret(hash)).toEqual(link));

it('takes the secret out of the address, and nothing else', () => {
  window.history.replaceState('state', '', '/?camera=06fk2r8m0q3zt#link=lnk_aB3');
  expect(takeSecret()).toEqual({ kind: 'link', token: 'lnk_aB3' });
  expect(window.location.href).toBe(`${window.location.origin}/?camera=06fk2r8m0q3zt`);
  expect(window.history.state).toBe('state');
  expect(takeSecret()).toBeUndefined();
});

it('writes what it reads', () => {
  expect(readSecret(new URL(invitationUrl('lnk_aB3')).hash)).toEqual({ kind: 'link', token: 'lnk_aB3' });
});
