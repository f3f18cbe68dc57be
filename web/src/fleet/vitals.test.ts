import { expect, test } from 'vitest';
import type { FleetCamera } from '../api/fleet';
import { aCamera, aFleetCamera } from './aFleetCamera';
import { signalWords, vitalsOf } from './vitals';

const NOW = 1_795_359_600_000;

test.each([
  [-48, '-48 dBm, strong'],
  [-60, '-60 dBm, strong'],
  [-61, '-61 dBm, good'],
  [-80, '-80 dBm, weak'],
  [-97, '-97 dBm, very weak'],
])('%d dBm', (dbm, words) => {
  expect(signalWords(dbm)).toBe(words);
});

test('are a dash where nothing was told', () => {
  const valuesOf = (one: FleetCamera) => vitalsOf(one, NOW).map(({ value }) => value);
  const barn = aFleetCamera(aCamera('Barn', { heard_at: NOW - 600_000 }), {
    battery_mv: 3_912,
    rssi_dbm: -71,
  });
  expect(valuesOf(barn)).toEqual(['10 minutes ago', '3.91 V', '-71 dBm, good']);
  expect(valuesOf(aFleetCamera(aCamera('Weir')))).toEqual(['never', '–', '–']);
});
