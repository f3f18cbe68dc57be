import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('runs soon after the first call, and then rests, however many come', () => {
  const run = vi.fn();
  const { call } = gathered(run, 1_000, 10_000);
  call();
  call();
  vi.advanceTimersByTime(999);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 20; i += 1) {
    call();
    vi.advanceTimersByTime(1_000);
  }
  expect(run).toHaveBeenCalledTimes(2 + 1);
});

it('leaves nothing behind when it is stopped', () => {
  const run = vi.fn();
  const { call, stop } = gathered(run, 1_000, 10_000);
  call();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(run).not.toHaveBeenCalled();
});
