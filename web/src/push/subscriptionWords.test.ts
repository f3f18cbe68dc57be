import { expect, test } from 'vitest';
import { serviceWords, subscriptionFacts, triedWords } from './subscriptionWords';

test.each([
  ['fcm.googleapis.com', 'Chrome, or one like it'],
  ['updates.push.services.mozilla.com', 'Firefox'],
  ['wns2-am3p.notify.windows.com', 'Edge'],
  ['web.push.apple.com', 'Safari'],
  ['push.example.org', 'push.example.org'],
  ['evilgoogleapis.com', 'evilgoogleapis.com'],
])('%s tells %s', (host, words) => {
  expect(serviceWords(host)).toBe(words);
});

test('tells since when, when last, and what is wrong', () => {
  const at = new Date(2026, 10, 22, 15, 1).getTime();
  const subscription = {
    id: 'a',
    service: 'push.example.org',
    kinds: [],
    created_at: at,
    told_at: null,
    failing: null,
  };
  expect(subscriptionFacts(subscription)).toEqual([
    'By push.example.org · since 22 Nov 2026, 15:01 · told nothing yet',
  ]);
  expect(subscriptionFacts({ ...subscription, told_at: at + 60_000, failing: 'it answered 500' })).toEqual([
    'By push.example.org · since 22 Nov 2026, 15:01 · last told 22 Nov 2026, 15:02',
    'It could not be told: it answered 500',
  ]);
});

test.each([
  [true, 'Sent: it should be on the screen in a moment.'],
  [false, 'It was not sent: the service is away'],
])('a try that is taken: %s', (taken, words) => {
  expect(triedWords({ taken, status: null, detail: 'the service is away' })).toBe(words);
});
