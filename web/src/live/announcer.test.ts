import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ANNOUNCE_EVERY_MS, Announcer } from './announcer';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells the first picture at once and the others together', () => {
  const said: string[] = [];
  const announcer = new Announcer((words) => said.push(words));
  announcer.arrived('North orchard');
  for (let i = 0; i < 5; i += 1) announcer.arrived('Harbour mast');
  expect(said).toEqual(['New picture from North orchard']);
  vi.advanceTimersByTime(ANNOUNCE_EVERY_MS);
  expect(said.at(-1)).toBe('5 new pictures');
  vi.advanceTimersByTime(10 * ANNOUNCE_EVERY_MS);
  expect(said).toHaveLength(2);
  announcer.arrived('Harbour mast');
  expect(said.at(-1)).toBe('New picture from Harbour mast');
});
