import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askEarly, takeOrFetch } from './answers';

const PATH = '/api/v1/images?limit=100';
const sent = vi.fn<(input: string | Request) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', sent);
  let count = 0;
  sent.mockReset();
  sent.mockImplementation(() => Promise.resolve(new Response(`answer ${(count += 1)}`)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const ask = async (init?: RequestInit, path = PATH) =>
  (await takeOrFetch(new Request(`http://heliograph.example${path}`, init))).text();

it('gives the answer that was asked for early, once', async () => {
  askEarly([PATH]);
  expect(await ask()).toBe('answer 1');
  expect(await ask()).toBe('answer 2');
  expect(sent).toHaveBeenCalledTimes(2);
});

it('gives it for the same question only', async () => {
  askEarly([PATH]);
  expect(await ask({ method: 'POST' })).toBe('answer 2');
  expect(await ask({}, '/api/v1/images?limit=99')).toBe('answer 3');
  expect(await ask()).toBe('answer 1');
});

it.each([
  ['refused', () => Promise.resolve(new Response('no', { status: 401 }))],
  ['lost', () => Promise.reject(new TypeError('network'))],
])('asks again for what was %s', async (_, fails) => {
  sent.mockImplementationOnce(fails);
  askEarly([PATH]);
  expect(await ask()).toBe('answer 1');
});

it('asks again when nobody took the answer for long', async () => {
  askEarly([PATH]);
  vi.advanceTimersByTime(11_000);
  expect(await ask()).toBe('answer 2');
});

it('gives nothing to whoever has gone', async () => {
  askEarly([PATH]);
  await expect(ask({ signal: AbortSignal.abort() })).rejects.toThrow();
});
