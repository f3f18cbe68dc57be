import { expect, test } from 'vitest';
import type { Setting } from '../api/orders';
import { factsOf } from './settingFacts';

test.each<[label: string, unit: string | undefined, setting: Setting]>([
  ['A picture every', 's', { key: 'interval_s', kind: 'number', least: 1, most: 86400, unit: 's' }],
  ['Only by daylight', undefined, { key: 'daylight_only', kind: 'flag' }],
  ['White balance', undefined, { key: 'white_balance', kind: 'word', words: ['auto'] }],
  ['Lens heater', 'min', { key: 'lens_heater_min', kind: 'number', least: 0, most: 9, unit: 'min' }],
  ['Constructor', undefined, { key: 'constructor', kind: 'flag' }],
])('%s is for people', (label, unit, setting) => {
  const facts = factsOf(setting);
  expect([facts.label, facts.unit]).toEqual([label, unit]);
});
