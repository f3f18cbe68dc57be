import { expect, test } from 'vitest';
import { axisWords } from './axisWords';

test('is as fine as the marks are', () => {
  const noon = new Date(2026, 10, 22, 12, 5).getTime() / 1000;
  expect(axisWords(noon, 300)).toBe('12:05');
  expect(axisWords(noon, 86_400)).toBe('22 Nov');
  expect(axisWords(noon, 30 * 86_400)).toBe('Nov 2026');
  expect(axisWords(noon, 365 * 86_400)).toBe('2026');
});
