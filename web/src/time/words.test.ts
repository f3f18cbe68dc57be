import { describe, expect, it } from 'vitest';
import { clockWords, dayWords, pictureWords, sizeWords } from './words';

const DAY = Date.parse('2026-11-22T00:00:00Z') / 86_400_000;

describe('words', () => {
  it('names days from where the reader stands', () => {
    expect(dayWords(DAY, DAY)).toBe('Today');
    expect(dayWords(DAY, DAY + 1)).toBe('Yesterday');
    expect(dayWords(DAY, DAY + 2)).toBe('Sunday 22 November 2026');
    // A camera with a fast clock sends pictures from tomorrow.
    expect(dayWords(DAY, DAY - 1)).toBe('Sunday 22 November 2026');
  });

  it('reads the clock of the zone', () => {
    const instant = Date.parse('2026-11-22T15:01:02Z');
    expect(clockWords('Asia/Kolkata').time(instant)).toBe('20:31:02');
    expect(clockWords('UTC').full(instant)).toBe('Sunday 22 November 2026, 15:01:02');
  });

  it('counts', () => {
    expect(pictureWords(1)).toBe('1 picture');
    expect(pictureWords(12_345)).toBe('12,345 pictures');
  });

  it.each([
    [940, '940 B'],
    [84_210, '84 KB'],
    [1_249_000, '1.2 MB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});
