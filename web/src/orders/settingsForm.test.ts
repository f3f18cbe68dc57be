import { expect, test } from 'vitest';
import type { Setting } from '../api/orders';
import { settingLabel, typedOf, valuesOf } from './settingsForm';

const schema: Setting[] = [
  { key: 'interval_s', kind: 'number', least: 1, most: 86400, unit: 's' },
  { key: 'daylight_only', kind: 'flag' },
  { key: 'resolution', kind: 'word', words: ['640x480'] },
];

test('what is typed becomes values of their kinds, and back', () => {
  const values = { interval_s: 60, daylight_only: false, resolution: '640x480' };
  expect(valuesOf(typedOf(values), schema)).toEqual(values);
});

test('what is empty is left to the camera', () => {
  expect(valuesOf({ interval_s: ' ', daylight_only: '', unknown: 'x' }, schema)).toEqual({});
});

test('labels are for people', () => {
  expect(schema.map(settingLabel)).toEqual(['Interval (s)', 'Daylight only', 'Resolution']);
});
