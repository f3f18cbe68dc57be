import { afterEach, expect, it, vi } from 'vitest';
import { ApiError, check, client, dataOf, onRefusal, sendWithChanges } from './http';

const sent = vi.fn<(request: Request) => Promise<Response>>();

function answer(status: number, body?: object, headers: Record<string, string> = {}) {
  sent.mockImplementation(() => {
    const type = { 'Content-Type': 'application/problem+json' };
    const text = body && JSON.stringify(body);
    return Promise.resolve(new Response(text, { status, headers: { ...type, ...headers } }));
  });
  vi.stubGlobal('fetch', sent);
  // Node's Request wants to know the host.
  vi.stubGlobal('location', { origin: 'http://heliograph.example' });
}

const base = { baseUrl: 'http://heliograph.example' };
const tokenOf = () => sent.mock.lastCall?.[0].headers.get('X-CSRF-Token');

afterEach(() => {
  sendWithChanges(null);
  vi.unstubAllGlobals();
});

it('sends the token of the session with what changes something, and with nothing else', async () => {
  answer(204);
  await client.DELETE('/api/v1/sessions', base);
  expect(tokenOf()).toBeNull();
  sendWithChanges('abc');
  await client.DELETE('/api/v1/sessions', base);
  expect(tokenOf()).toBe('abc');
  await client.POST('/api/v1/groups', { ...base, body: { name: 'Farm' } });
  expect(tokenOf()).toBe('abc');
  await client.GET('/api/v1/groups', base);
  expect(tokenOf()).toBeNull();
  sendWithChanges(null);
  await client.DELETE('/api/v1/sessions', base);
  expect(tokenOf()).toBeNull();
});

it.each([
  [200, false],
  [204, false],
  [401, true],
  [403, true],
  [404, false],
  [500, false],
])('tells of a refusal: %d', async (status, told) => {
  answer(status);
  const listener = vi.fn();
  const stop = onRefusal(listener);
  await client.DELETE('/api/v1/sessions', base);
  stop();
  await client.DELETE('/api/v1/sessions', base);
  expect(listener).toHaveBeenCalledTimes(told ? 1 : 0);
});

it('says what the server said', async () => {
  answer(429, { title: 'too-many', detail: 'too many tries' }, { 'Retry-After': '8' });
  const refused = await client.GET('/api/v1/groups', base);
  const error = new ApiError(429, 'too many tries', 'too-many', 8);
  expect(() => dataOf(refused)).toThrow(error);
  expect(() => check(refused)).toThrow(error);
});
