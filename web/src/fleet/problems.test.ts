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
  ['nothing was told', {}, {}, []],
  ['late is no trouble yet', { presence: 'late', due_at: NOW - MINUTE_MS }, {}, []],
  ['silent', { presence: 'silent', heard_at: NOW - 3 * DAY_MS }, {}, ['Silent for 3 days']],
  ['two places', { suspect_at: NOW - DAY_MS }, {}, ['Its key was seen in two places at once']],
  ['frozen', {}, { frozen: true, looks_alike: 19 }, ['Frozen: 20 pictures in a row are the same']],
  [
    'refused today',
    {},
    { last_refused_at: NOW - 2 * HOUR_MS, last_refusal: 'no JPEG' },
    ['Refused 2 hours ago: no JPEG'],
  ],
  ['refused the day before', {}, { last_refused_at: NOW - DAY_MS, last_refusal: 'no JPEG' }, []],
  ['a slow upload', {}, { clock_skew_ms: 90_000 }, []],
  ['clock behind', {}, { clock_skew_ms: 2 * HOUR_MS }, ['Its clock is 2 hours behind']],
  ['clock ahead', {}, { clock_skew_ms: -2 * DAY_MS }, ['Its clock is 2 days ahead']],
  ['old ones are on their way', {}, { clock_skew_ms: 2 * HOUR_MS, spool: 3 }, []],
  [
    'a clock that is ahead, whatever waits',
    {},
    { clock_skew_ms: -2 * HOUR_MS, spool: 3 },
    ['Its clock is 2 hours ahead'],
  ],
  ['no clock', {}, { clock_skew_ms: null }, []],
  ['battery low', {}, { battery_mv: 3420 }, ['Battery low: 3.42 V']],
  ['on mains, where nothing is measured', {}, { battery_mv: 0 }, []],
  ['twelve volts', {}, { battery_mv: 12_100 }, []],
  ['a few wait', {}, { spool: 9 }, []],
  ['many wait', {}, { spool: 37 }, ['37 pictures wait in it']],
  [
    'the worst first',
    { presence: 'silent', heard_at: NOW - DAY_MS },
    { frozen: true, looks_alike: 9, clock_skew_ms: -HOUR_MS, battery_mv: 3100, spool: 500 },
    [
      'Silent for 24 hours',
      'Frozen: 10 pictures in a row are the same',
      'Battery low: 3.10 V',
      '500 pictures wait in it',
      'Its clock is 60 minutes ahead',
    ],
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
