// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { readReturned, returnedWords, takeReturned } from './openid';

it.each([
  ['#openid=unknown', 'unknown'],
  ['#openid=connected', 'connected'],
  ['', undefined],
  ['#openid=', undefined],
  ['#openid=toString', undefined],
  ['#openid=constructor', undefined],
  ['#openid=<img src=x>', undefined],
  ['#link=lnk_aB3', undefined],
])('%s', (hash, word) => expect(readReturned(hash)).toBe(word));

it('takes the word out of the address, and nothing else', () => {
  window.history.replaceState('state', '', '/?page=account#openid=taken');
  expect(takeReturned()).toBe('taken');
  expect(window.location.href).toBe(`${window.location.origin}/?page=account`);
  expect(window.history.state).toBe('state');
  expect(takeReturned()).toBeUndefined();
});

it('names the provider', () => {
  expect(returnedWords('unknown', 'Farm ID')).toContain('account at Farm ID');
  expect(returnedWords('provider', null)).toContain('the provider');
});
