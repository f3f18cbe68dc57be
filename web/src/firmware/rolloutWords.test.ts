import { expect, test } from 'vitest';
import type { Rollout } from '../api/firmware';
import { countWords, memberWords, nextStage, releaseName, rolloutWords } from './rolloutWords';

const rollout: Rollout = {
  id: 'r1',
  release: {
    id: 'v1',
    model: 'trap',
    version: '1.2.0',
    security: 1,
    downgrade: false,
    size_bytes: 1,
    sha256: '',
    key: '',
    actor: 'anna',
    created_at: 0,
  },
  group: null,
  first: null,
  stage: 'one',
  state: 'running',
  automatic: false,
  failure_limit: 1,
  reason: null,
  actor: 'anna',
  created_at: 0,
  changed_at: 0,
  counts: { unable: 0, current: 0, waiting: 11, 'put-off': 0, told: 1, updated: 0, failed: 0, 'left-out': 0 },
};

test('says how far it has come', () => {
  expect(releaseName(rollout.release)).toBe('trap 1.2.0');
  expect(rolloutWords(rollout)).toBe('running: one camera');
  expect(rolloutWords({ ...rollout, stage: 'tenth' })).toBe('running: a tenth of the cameras');
  expect(rolloutWords({ ...rollout, state: 'halted', reason: 'the first camera failed' })).toBe(
    'halted: the first camera failed',
  );
  expect(rolloutWords({ ...rollout, stage: 'all', state: 'finished' })).toBe('finished');
});

test('counts what there is any of, failures first', () => {
  expect(countWords(rollout)).toEqual(['1 under way', '11 waiting']);
  expect(countWords({ ...rollout, counts: { updated: 9, failed: 2 } })).toEqual(['2 failed', '9 updated']);
  expect(countWords({ ...rollout, counts: { waiting: 1, 'put-off': 2 } })).toEqual([
    '1 waiting',
    '2 put off',
  ]);
});

test('says what a rollout came to with a camera', () => {
  expect(memberWords({ state: 'told', reason: null })).toBe('was told, and has not answered');
  expect(memberWords({ state: 'put-off', reason: 'its battery is at 3599 mV' })).toBe(
    'has put it off: its battery is at 3599 mV',
  );
});

test('knows what comes next', () => {
  expect(nextStage(rollout)).toBe('a tenth of the cameras');
  expect(nextStage({ ...rollout, stage: 'tenth' })).toBe('all cameras');
  expect(nextStage({ ...rollout, stage: 'all' })).toBeUndefined();
  expect(nextStage({ ...rollout, state: 'halted' })).toBeUndefined();
});
