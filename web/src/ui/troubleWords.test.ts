import { expect, it } from 'vitest';
import { ApiError } from '../api/http';
import { problemWords, waitWords } from './troubleWords';

it.each([
  [new ApiError(401, 'the name or the password is wrong'), 'The name or the password is wrong.'],
  [
    new ApiError(400, 'this code is wrong; are date and time right?'),
    'This code is wrong; are date and time right?',
  ],
  [new TypeError('Failed to fetch'), 'The server does not answer. Try again in a moment.'],
])('%s', (error, words) => expect(problemWords(error)).toBe(words));

it.each([
  [1, '1 second'],
  [8, '8 seconds'],
  [89, '89 seconds'],
  [90, '2 minutes'],
  [900, '15 minutes'],
])('%d s are %s', (wait, words) => expect(waitWords(wait)).toBe(words));
