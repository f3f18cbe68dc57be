import { expect, test } from 'vitest';
import type { Push } from '../api/push';
import { standingOf } from './standing';

const KNOWN: Push['subscriptions'][number] = {
  id: 'a',
  service: 'push.example.org',
  kinds: ['silent'],
  created_at: 0,
  told_at: null,
  failing: null,
};
const SERVER: Push = { public_key: 'key', kinds: ['silent', 'battery'], subscriptions: [KNOWN] };
const HERE = { endpoint: 'https://push.example.org/1', key: 'key' };
const OWN = { id: 'a', endpoint: HERE.endpoint };

test.each([
  ['told', HERE, OWN, { is: 'on', as: KNOWN }],
  ['never asked for', undefined, undefined, { is: 'off' }],
  ['lost by the browser', undefined, OWN, { is: 'off' }],
  ['not told to the server', HERE, undefined, { is: 'off' }],
  ['removed elsewhere, or of somebody else', HERE, { ...OWN, id: 'b' }, { is: 'off' }],
  ['moved by the browser', { ...HERE, endpoint: 'https://push.example.org/2' }, OWN, { is: 'off' }],
  ['of another key', { ...HERE, key: 'older' }, OWN, { is: 'other key' }],
])('%s', (_, subscribed, own, standing) => {
  expect(standingOf(subscribed, own, SERVER)).toEqual(standing);
});
