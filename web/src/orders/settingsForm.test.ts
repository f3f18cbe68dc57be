import { expect, test } from 'vitest';
import type { Setting } from '../api/orders';
import { typedOf, valuesOf } from './settingsForm';

const schema: Setting[] = [
  { key: 'interval_s', kind: 'number', least: 1, most: 86400, unit: 's' },
  { key: 'daylight_only', kind: 'flag' },
  { key: 'active_from_min', kind: 'number', least: 0, most: 1439, unit: 'min' },
  { key: 'time_zone_min', kind: 'number', least: -720, most: 840, unit: 'min' },
  { key: 'resolution', kind: 'word', words: ['640x480'] },
];

test('what is typed becomes values of their kinds, and back', () => {
  const values = {
    interval_s: 60,
    daylight_only: false,
    active_from_min: 390,
    time_zone_min: -90,
    resolution: '640x480',
  };
  const typed = typedOf(values, schema);
  expect(typed.active_from_min).toBe('06:30');
  expect(valuesOf(typed, schema)).toEqual(values);
});

test('what is empty is left to the camera', () => {
  expect(valuesOf({ interval_s: ' ', daylight_only: '', unknown: 'x' }, schema)).toEqual({});
});

test('what is no time is for the server to refuse', () => {
  expect(valuesOf({ active_from_min: 'dawn' }, schema)).toEqual({ active_from_min: 'dawn' });
});
