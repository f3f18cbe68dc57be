import { expect, test } from 'vitest';
import type { System } from '../api/system';
import { runningWords, signsOf, summaryWords, type Grade } from './systemWords';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;

const SYSTEM: System = {
  version: '1.2.0',
  now: NOW,
  uptime_s: 3 * 86_400 + 5,
  memory_bytes: 31_400_000,
  problem: null,
  disk: { size_bytes: 25e9, free_bytes: 12e9, low_bytes: 2.5e9, reserve_bytes: 5e8, level: 'plenty' },
  database: { engine: 'sqlite', size_bytes: 4.2e6, answer_ms: 0 },
  jobs: { waiting: 0, given_up: 0 },
  pictures: {
    stored: 1204,
    repeats: 31,
    refused: 4,
    failed: 0,
    salvaged: 0,
    commits: 602,
    waiting_bytes: 0,
    waiting_bodies: 0,
    in_hand: 0,
  },
  retention: { images: 0, bytes: 0, passes: 12, failures: 0 },
  live: { links: 3, watchers: 0 },
  http: { connections: 5, requests: 9000, server_errors: 0, timeouts: 2 },
  certificate_ends_at: NOW + 60 * DAY_MS,
  settings: [],
};

function sign(name: string, some: Partial<System>) {
  const found = signsOf({ ...SYSTEM, ...some }).find((one) => one.name === name);
  return [found?.grade, found?.words];
}

test('all is well', () => {
  const signs = signsOf(SYSTEM);
  expect(signs.map(({ grade }) => grade)).toEqual(signs.map(() => 'well'));
  expect(summaryWords(signs)).toBe('All is well');
  expect(runningWords(SYSTEM)).toBe('Version 1.2.0, up for 3 days, 31.4 MB of memory');
});

const { disk, database, pictures, retention, http } = SYSTEM;

test.each<[name: string, grade: Grade, words: string, some: Partial<System>]>([
  ['Pictures', 'trouble', 'Cannot be stored: the disk is full', { problem: 'the disk is full' }],
  ['Disk', 'care', 'Only 12.0 GB free: retention runs early', { disk: { ...disk, level: 'low' } }],
  ['Disk', 'trouble', 'Full but for its reserve: 12.0 GB free', { disk: { ...disk, level: 'reserve' } }],
  ['Database', 'trouble', 'Does not answer', { database: { ...database, answer_ms: null } }],
  ['Database', 'care', 'Answered in 1,500 ms', { database: { ...database, answer_ms: 1500 } }],
  [
    'Database',
    'well',
    'Answered in 3 ms',
    { database: { engine: 'postgresql', size_bytes: null, answer_ms: 3 } },
  ],
  ['Uploads', 'care', '2 failed since the start', { pictures: { ...pictures, failed: 2 } }],
  [
    'Uploads',
    'care',
    'More comes than the disk takes: uploads wait',
    { pictures: { ...pictures, waiting_bodies: 1 } },
  ],
  ['Jobs', 'care', '7 given up', { jobs: { waiting: 3, given_up: 7 } }],
  ['Jobs', 'care', '6,000 wait', { jobs: { waiting: 6000, given_up: 0 } }],
  ['Jobs', 'well', '3 wait', { jobs: { waiting: 3, given_up: 0 } }],
  ['Jobs', 'care', 'Not known', { jobs: null }],
  ['Certificate', 'well', 'None: this server speaks plain HTTP', { certificate_ends_at: null }],
  ['Certificate', 'care', 'Good for 13 days', { certificate_ends_at: NOW + 13 * DAY_MS }],
  ['Certificate', 'trouble', 'Good for 2 days', { certificate_ends_at: NOW + 2 * DAY_MS }],
  ['Certificate', 'trouble', 'Has expired', { certificate_ends_at: NOW - 1 }],
  ['Retention', 'care', 'Broken off 2 times', { retention: { ...retention, failures: 2 } }],
  ['Requests', 'care', '3 failed by a fault here', { http: { ...http, server_errors: 3 } }],
])('%s, %s: %s', (name, grade, words, some) => {
  expect(sign(name, some)).toEqual([grade, words]);
});

test('what needs somebody comes first, the worst before all', () => {
  const signs = signsOf({ ...SYSTEM, jobs: { waiting: 0, given_up: 1 }, certificate_ends_at: NOW - 1 });
  expect(signs.slice(0, 2).map(({ name }) => name)).toEqual(['Certificate', 'Jobs']);
  expect(summaryWords(signs)).toBe('2 things need you');
  expect(summaryWords(signsOf({ ...SYSTEM, problem: 'x' }))).toBe('1 thing needs you');
});
