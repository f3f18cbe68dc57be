import { expect, it } from 'vitest';
import { outcomeWords } from './outcomeWords';

it.each([
  [{ done: ['a'], left: [] }, '1 picture moved.'],
  [
    { done: ['a', 'b'], left: [{ id: 'c', why: 'starred' as const }] },
    '2 pictures moved. 1 picture left: starred, and so kept.',
  ],
  [
    {
      done: [],
      left: [
        { id: 'c', why: 'forbidden' as const },
        { id: 'd', why: 'not-found' as const },
      ],
    },
    '1 picture left: not yours to change. 1 picture left: not there any more.',
  ],
])('%o', (outcome, words) => {
  expect(outcomeWords(outcome, 'moved')).toBe(words);
});
