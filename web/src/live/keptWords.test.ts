import { expect, it } from 'vitest';
import { keptWords } from './keptWords';

const NOTHING = { kept: 0, keepProblem: undefined };

it.each([
  [undefined, NOTHING, ''],
  [{ duplicate: false }, NOTHING, 'Kept, and in the gallery'],
  [{ duplicate: true }, { kept: 1, keepProblem: undefined }, 'It was kept already · by the clock: 1 picture'],
  [
    undefined,
    { kept: 3, keepProblem: 'the disk is full' },
    'by the clock: 3 pictures · not kept: the disk is full',
  ],
])('%o and %o are told as “%s”', (last, view, words) => {
  expect(keptWords(last, view)).toBe(words);
});
