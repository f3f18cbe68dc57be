import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from './toasts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const wordsOf = (toasts: Toasts) => toasts.shown().map(({ words }) => words);
const undo = { label: 'Undo', run: () => undefined };

it('shows three at once; the next waits for room, and has its whole time then', () => {
  const toasts = new Toasts();
  for (const words of ['a', 'b', 'c', 'd']) toasts.show({ words });
  expect(wordsOf(toasts)).toEqual(['a', 'b', 'c']);
  vi.advanceTimersByTime(6_000);
  expect(wordsOf(toasts)).toEqual(['d']);
  vi.advanceTimersByTime(5_999);
  expect(wordsOf(toasts)).toEqual(['d']);
  vi.advanceTimersByTime(1);
  expect(wordsOf(toasts)).toEqual([]);
});

it('keeps what can be undone for longer', () => {
  const toasts = new Toasts();
  toasts.show({ words: 'removed', action: undo });
  vi.advanceTimersByTime(11_999);
  expect(wordsOf(toasts)).toEqual(['removed']);
  vi.advanceTimersByTime(1);
  expect(wordsOf(toasts)).toEqual([]);
});

it('lets none go while a hand is on them', () => {
  const toasts = new Toasts();
  toasts.show({ words: 'a' });
  vi.advanceTimersByTime(5_000);
  toasts.hold(true);
  toasts.show({ words: 'b' });
  vi.advanceTimersByTime(60_000);
  expect(wordsOf(toasts)).toEqual(['a', 'b']);
  toasts.hold(false);
  vi.advanceTimersByTime(5_999);
  expect(wordsOf(toasts)).toEqual(['a', 'b']);
  vi.advanceTimersByTime(1);
  expect(wordsOf(toasts)).toEqual([]);
});

it('puts a later one about the same in the place of the earlier, with time of its own', () => {
  const toasts = new Toasts();
  toasts.show({ words: '1 removed', about: 'removed' });
  toasts.show({ words: 'b' });
  vi.advanceTimersByTime(4_000);
  toasts.show({ words: '2 removed', about: 'removed' });
  expect(wordsOf(toasts)).toEqual(['2 removed', 'b']);
  vi.advanceTimersByTime(5_000);
  expect(wordsOf(toasts)).toEqual(['2 removed']);
});

it('tells who listens, and takes one back', () => {
  const toasts = new Toasts();
  const changed = vi.fn();
  const stop = toasts.subscribe(changed);
  const takeBack = toasts.show({ words: 'a' });
  takeBack();
  expect(wordsOf(toasts)).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
  stop();
  toasts.show({ words: 'b' });
  expect(changed).toHaveBeenCalledTimes(2);
});

it('does not gather for ever in a page that nobody looks at, and keeps the newest', () => {
  const toasts = new Toasts();
  toasts.hold(true);
  for (let i = 1; i <= 100; i += 1) toasts.show({ words: String(i) });
  let last = '';
  while (toasts.shown().length > 0) {
    const [first] = toasts.shown();
    if (!first) break;
    last = first.words;
    toasts.dismiss(first.id);
  }
  expect(last).toBe('100');
});

it('shows an answer at once, in the place of the oldest one', () => {
  const toasts = new Toasts();
  toasts.show({ words: 'news' });
  for (const words of ['1', '2', '3']) toasts.show({ words, answer: true });
  expect(wordsOf(toasts)).toEqual(['news', '2', '3']);
  vi.advanceTimersByTime(6_000);
  expect(wordsOf(toasts)).toEqual([]);
});

it('lets news wait again where an answer takes its place, with its whole time then', () => {
  const toasts = new Toasts();
  for (const words of ['a', 'b', 'c']) toasts.show({ words });
  vi.advanceTimersByTime(5_000);
  toasts.show({ words: 'answer', answer: true });
  expect(wordsOf(toasts)).toEqual(['a', 'b', 'answer']);
  vi.advanceTimersByTime(1_000);
  expect(wordsOf(toasts)).toEqual(['answer', 'c']);
  vi.advanceTimersByTime(5_999);
  expect(wordsOf(toasts)).toEqual(['c']);
});
