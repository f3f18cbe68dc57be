import { expect, it, vi } from 'vitest';
import { client } from './http';
import { signOut } from './session';

it.each([
  ['nobody is told here', undefined, {}],
  ['this browser is told of alerts', 'psh_1', { query: { browser: 'psh_1' } }],
])('signs out in one request that outlives the page: %s', async (_, browser, params) => {
  const sent = vi
    .spyOn(client, 'DELETE')
    .mockResolvedValue({ response: new Response(null, { status: 204 }) });
  await signOut(browser);
  expect(sent.mock.calls).toEqual([['/api/v1/session', { params, keepalive: true }]]);
  sent.mockRestore();
});
