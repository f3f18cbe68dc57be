import { expect, test } from 'vitest';
import type { FleetCamera } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { DAY_MS, HOUR_MS } from '../time/zone';
import { aCamera, aFleetCamera } from './aFleetCamera';
import { problemsOf, rankOf } from './problems';

const NOW = Date.parse('2026-11-22T15:00:00Z');
const MINUTE_MS = 60_000;

type Facts = Partial<Omit<FleetCamera, 'camera'>>;

function words(camera: Partial<Camera>, facts: Facts = {}): string[] {
  const one = aFleetCamera(aCamera('Weir', { heard_at: NOW - MINUTE_MS, ...camera }), facts);
  return problemsOf(one, NOW).map((problem) => problem.words);
}

test.each<[what: string, camera: Partial<Camera>, facts: Facts, problems: string[]]>([
  ['all is well', {}, { battery_mv: 3900, spool: 0 }, []],
  ['whatever else it tells', {}, { battery_mv: 3100, spool: 500, frozen: true }, []],
  [
    'silent',
    { presence: 'silent', heard_at: NOW - 3 * DAY_MS },
    { problems: ['silent'] },
    ['Silent for 3 days'],
  ],
  ['two places', {}, { problems: ['doubted'] }, ['Its key was seen in two places at once']],
  ['frozen', {}, { problems: ['frozen'], looks_alike: 19 }, ['Frozen: 20 pictures in a row are the same']],
  [
    'refused',
    {},
    { problems: ['refused'], last_refused_at: NOW - 2 * HOUR_MS, last_refusal: 'no JPEG' },
    ['Refused 2 hours ago: no JPEG'],
  ],
  [
    'refused for no reason',
    {},
    { problems: ['refused'], last_refused_at: NOW - 2 * HOUR_MS },
    ['Refused 2 hours ago'],
  ],
  ['clock behind', {}, { problems: ['clock'], clock_skew_ms: 2 * HOUR_MS }, ['Its clock is 2 hours behind']],
  ['clock ahead', {}, { problems: ['clock'], clock_skew_ms: -2 * DAY_MS }, ['Its clock is 2 days ahead']],
  ['battery low', {}, { problems: ['battery'], battery_mv: 3420 }, ['Battery low: 3.42 V']],
  ['many wait', {}, { problems: ['spool'], spool: 37 }, ['37 pictures wait in it']],
  [
    'in the order of the server',
    { presence: 'silent', heard_at: NOW - DAY_MS },
    { problems: ['silent', 'battery'], battery_mv: 3100 },
    ['Silent for 24 hours', 'Battery low: 3.10 V'],
  ],
])('%s', (_, camera, facts, problems) => {
  expect(words(camera, facts)).toEqual(problems);
});

test('ranks the worst lowest, and no problem last', () => {
  const silent = rankOf([
    { kind: 'silent', words: '' },
    { kind: 'clock', words: '' },
  ]);
  const clock = rankOf([{ kind: 'clock', words: '' }]);
  expect(silent).toBeLessThan(clock);
  expect(clock).toBeLessThan(rankOf([]));
});
