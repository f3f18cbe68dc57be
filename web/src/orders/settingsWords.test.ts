import { expect, test } from 'vitest';
import type { CameraSettings, Setting } from '../api/orders';
import { inForceWords, standing, wantedWords } from './settingsWords';

const interval: Setting = { key: 'interval_s', kind: 'number', least: 1, most: 86400, unit: 's' };
const daylight: Setting = { key: 'daylight_only', kind: 'flag' };

test.each<
  [words: string | undefined, pending: boolean, desired: number | undefined, applied: number | undefined]
>([
  ['In force: 60', false, 60, 60],
  ['In force: 60', false, undefined, 60],
  ['In force: 60', true, 60, 60],
  ['In force: 60, and 30 when it next speaks', true, 30, 60],
  ['30 when it next speaks', true, 30, undefined],
  [undefined, false, 30, undefined],
])('%s', (words, pending, desired, applied) => {
  const values = (value: number | undefined) => (value === undefined ? {} : { interval_s: value });
  expect(
    inForceWords(interval, {
      pending,
      desired: values(desired),
      applied: applied === undefined ? null : values(applied),
    }),
  ).toBe(words);
});

test('what is wanted is in words too', () => {
  expect(wantedWords(daylight, { desired: { daylight_only: false } })).toBe('no');
  expect(wantedWords(interval, { desired: {} })).toBe('as the camera likes');
  const from: Setting = { key: 'active_from_min', kind: 'number', least: 0, most: 1439, unit: 'min' };
  expect(wantedWords(from, { desired: { active_from_min: 390 } })).toBe('06:30');
  const zone: Setting = { key: 'time_zone_min', kind: 'number', least: -720, most: 840, unit: 'min' };
  expect(wantedWords(zone, { desired: { time_zone_min: 60 } })).toBe('UTC+01:00');
  const sleep: Setting = { key: 'sleep', kind: 'word', words: ['awake', 'light', 'deep'] };
  expect(wantedWords(sleep, { desired: { sleep: 'light' } })).toBe('light sleep, not linked');
});

const applied = { version: 2, status: 'applied', reason: null, at: 0 } as const;

test.each<[string, Pick<CameraSettings, 'version' | 'pending' | 'reported'>]>([
  [
    'Nobody has set it yet: everything is as the camera likes.',
    { version: 0, pending: false, reported: null },
  ],
  ['The camera is told when it next speaks.', { version: 2, pending: true, reported: applied }],
  ['The camera goes by these.', { version: 2, pending: false, reported: applied }],
  [
    'The camera goes by these: as far as it can.',
    { version: 2, pending: false, reported: { ...applied, reason: 'as far as it can' } },
  ],
  [
    'The camera refused these: too many.',
    { version: 2, pending: false, reported: { ...applied, status: 'rejected', reason: 'too many' } },
  ],
  [
    'The camera tried these and took them back: it did not say why.',
    { version: 2, pending: false, reported: { ...applied, status: 'rolled-back' } },
  ],
])('%s', (words, settings) => {
  expect(standing(settings)).toBe(words);
});
