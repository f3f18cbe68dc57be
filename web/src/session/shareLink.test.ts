// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { readShare, shareUrl } from './shareLink';

it.each([
  ['#share=shr_aB3', 'shr_aB3'],
  ['', undefined],
  ['#share=', undefined],
  ['#share=lnk_aB3', undefined],
  ['#link=shr_aB3', undefined],
  ['#share=shr_aB3/..', undefined],
])('%s', (hash, token) => expect(readShare(hash)).toBe(token));

it('writes what it reads', () => {
  expect(readShare(new URL(shareUrl('shr_aB3')).hash)).toBe('shr_aB3');
});
