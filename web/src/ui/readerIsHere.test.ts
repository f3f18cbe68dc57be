// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenReaderIsHere } from './readerIsHere';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it.each(['pointermove', 'pointerdown', 'keydown', 'wheel'])('prepares at the first %s, and once', (sign) => {
  const prepare = vi.fn();
  whenReaderIsHere(prepare);
  expect(prepare).not.toHaveBeenCalled();
  window.dispatchEvent(new Event(sign));
  window.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(60_000);
  expect(prepare).toHaveBeenCalledOnce();
});

it('prepares after a while for who gives no sign', () => {
  const prepare = vi.fn();
  whenReaderIsHere(prepare);
  vi.advanceTimersByTime(5_000);
  expect(prepare).toHaveBeenCalledOnce();
});

it('stops', () => {
  const prepare = vi.fn();
  whenReaderIsHere(prepare)();
  window.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(60_000);
  expect(prepare).not.toHaveBeenCalled();
});
