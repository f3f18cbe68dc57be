import { expect, it } from 'vitest';
import { retryDelay } from './backoff';

it('doubles from one second to two minutes', () => {
  const waits = [0, 1, 2, 6, 7, 100].map((attempt) => retryDelay(attempt, 0));
  expect(waits).toEqual([1_000, 2_000, 4_000, 64_000, 120_000, 120_000]);
});

it('leaves up to half to chance', () => {
  expect(retryDelay(3, 1)).toBe(4_000);
});
