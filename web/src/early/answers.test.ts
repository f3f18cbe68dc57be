import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askEarly, forgetAnswers, knownAnswer, readAnswers, takeOrFetch } from './answers';

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

it('keeps nothing of what was refused', async () => {
  const refusal = new Response('no', { status: 401 });
  sent.mockImplementationOnce(() => Promise.resolve(refusal));
  askEarly([PATH]);
  await readAnswers(500);
  await vi.waitFor(() => expect(refusal.bodyUsed).toBe(true));
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

describe('what is known before anybody asks', () => {
  const lists = (...names: string[]) =>
    sent.mockImplementationOnce(() => Promise.resolve(Response.json(names)));

  it('is what has been read, and stays with whoever draws it', async () => {
    lists('North');
    askEarly([PATH]);
    expect(knownAnswer(PATH)).toBeUndefined();
    await readAnswers(500);
    expect(knownAnswer(PATH)).toEqual(['North']);
    expect(knownAnswer(PATH)).toEqual(['North']);
    // Whoever asks now wants to know what has changed since.
    expect(await ask()).toBe('answer 1');
  });

  it('is nothing that somebody took, that is long ago, or that somebody else was told', async () => {
    for (const pass of [ask, () => vi.advanceTimersByTime(11_000), forgetAnswers]) {
      lists('North');
      askEarly([PATH]);
      await readAnswers(500);
      await pass();
      expect(knownAnswer(PATH)).toBeUndefined();
    }
  });

  it('is nothing that was refused, lost, or is no JSON', async () => {
    for (const answer of [
      () => Promise.resolve(Response.json({ title: 'unauthorized' }, { status: 401 })),
      () => Promise.reject(new TypeError('network')),
      () => Promise.resolve(new Response('<html>')),
    ]) {
      sent.mockImplementationOnce(answer);
      askEarly([PATH]);
      await readAnswers(500);
      expect(knownAnswer(PATH)).toBeUndefined();
    }
  });

  it('does not keep anybody waiting', async () => {
    lists('North');
    sent.mockImplementationOnce(() => new Promise(() => undefined));
    askEarly([PATH, '/api/v1/cameras']);
    const read = readAnswers(500);
    await vi.advanceTimersByTimeAsync(500);
    await read;
    expect(knownAnswer(PATH)).toEqual(['North']);
    expect(knownAnswer('/api/v1/cameras')).toBeUndefined();
  });

  it('is nothing where nothing was asked', async () => {
    forgetAnswers();
    await readAnswers(500);
    expect(knownAnswer(PATH)).toBeUndefined();
  });
});
