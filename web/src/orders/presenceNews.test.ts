import { expect, test } from 'vitest';
import { aCamera } from '../fleet/aFleetCamera';
import { presenceNews, presenceNewsWords } from './presenceNews';

const weir = (presence: 'online' | 'asleep' | 'late' | 'silent' | 'unknown') => [
  aCamera('Weir', { presence }),
];

test.each([
  ['online', 'online', '', ''],
  ['online', 'late', '', ''],
  ['late', 'silent', 'Weir fell silent', ''],
  ['online', 'silent', 'Weir fell silent', ''],
  ['silent', 'silent', '', ''],
  ['silent', 'online', '', 'Weir is back'],
  ['silent', 'asleep', '', 'Weir is back'],
  ['late', 'online', '', ''],
  ['unknown', 'online', '', ''],
] as const)('%s, then %s', (was, is, silent, back) => {
  const news = presenceNews(weir(was), weir(is));
  expect(presenceNewsWords(news.silent, 'fell silent')).toBe(silent);
  expect(presenceNewsWords(news.back, 'back')).toBe(back);
});

test('a camera that is new in the list is no news', () => {
  expect(presenceNews([], weir('silent'))).toEqual({ silent: [], back: [] });
});

test('many at once are told in one breath', () => {
  const names = ['Weir', 'Barn', 'Dam', 'Elm'].map((name) => aCamera(name));
  expect(presenceNewsWords(names.slice(0, 2), 'back')).toBe('Weir and Barn are back');
  expect(presenceNewsWords(names, 'fell silent')).toBe('Weir and 3 others fell silent');
});
