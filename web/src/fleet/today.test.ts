import { expect, test } from 'vitest';
import { todayWords } from './today';

test.each([
  ['41 of 48 today', { days: [50, 41], due: 48, usual: null }],
  ['50 today', { days: [50], due: 48, usual: null }],
  ['41 today, usually 48', { days: [0, 41], due: null, usual: 48 }],
  ['41 today', { days: [41], due: null, usual: null }],
])('%s', (words, camera) => {
  expect(todayWords(camera)).toBe(words);
});
