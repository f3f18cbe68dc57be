import { expect, test } from 'vitest';
import { ApiError } from '../api/http';
import { problemWords } from '../ui/troubleWords';
import { browserTrouble } from './browserTrouble';

test.each([
  ['NotAllowedError', 'The browser was not allowed to show notifications.'],
  [
    'SecurityError',
    'The browser does not trust the certificate of this server, and takes no program from it.',
  ],
  ['DataError', 'The browser could not do that: x.'],
])('says of %s: %s', (name, words) => {
  expect(problemWords(browserTrouble(new DOMException('x', name)) as Error)).toBe(words);
});

test('leaves what the server said', () => {
  const said = new ApiError(409, 'there are twenty already');
  expect(browserTrouble(said)).toBe(said);
});
