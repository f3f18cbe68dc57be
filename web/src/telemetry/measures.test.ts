import { describe, expect, test } from 'vitest';
import type { TelemetrySpan } from '../api/telemetry';
import { DAY_MS, HOUR_MS } from '../time/zone';
import { bandOf, bandWords, lastFacts, MEASURES, rangeMs } from './measures';

const NOW = 1_795_359_600_000;
const SLOT_MS = 5 * 60_000;
const [battery] = MEASURES;

function span(at: number, least: number, most = least): TelemetrySpan {
  return { at, least: { battery_mv: least }, most: { battery_mv: most } };
}

describe('a band', () => {
  test('is in the units that people read', () => {
    const band = bandOf(battery, [span(NOW - SLOT_MS, 3700, 3900), span(NOW, 3800)], SLOT_MS, NOW);
    expect(band.at).toEqual([(NOW - SLOT_MS) / 1000, NOW / 1000]);
    expect(band.least).toEqual([3.7, 3.8]);
    expect(band.most).toEqual([3.9, 3.8]);
    expect(bandWords(battery, band)).toBe('3.70 V to 3.90 V, last 3.80 V');
  });

  test('has gaps where nothing was heard for longer than usual', () => {
    const times = [0, 1, 2, 3, 20, 21, 22];
    const spans = times.map((slots) => span(NOW + slots * SLOT_MS, 3700));
    const band = bandOf(battery, spans, SLOT_MS, NOW);
    expect(band.most).toEqual([3.7, 3.7, 3.7, 3.7, null, 3.7, 3.7, 3.7]);
    expect(band.at).toHaveLength(8);
    expect([...band.at].sort((a, b) => a - b)).toEqual(band.at);
  });

  test('has none for a camera that speaks once in an hour', () => {
    const spans = Array.from({ length: 24 }, (_, hour) => span(NOW - DAY_MS + hour * HOUR_MS, 3700));
    expect(bandOf(battery, spans, SLOT_MS, NOW).most).not.toContain(null);
  });

  test('has none where the old is kept by the hour and the new by five minutes', () => {
    const border = NOW - 30 * DAY_MS;
    const old = Array.from({ length: 48 }, (_, hour) => span(border - (48 - hour) * HOUR_MS, 3700));
    const fresh = Array.from({ length: 600 }, (_, slot) => span(border + slot * SLOT_MS, 3700));
    expect(bandOf(battery, [...old, ...fresh], SLOT_MS, NOW).most).not.toContain(null);
  });

  test('is empty where the camera does not tell of it', () => {
    const others = [{ at: NOW, least: { rssi_dbm: -70 }, most: { rssi_dbm: -70 } }];
    expect(bandOf(battery, others, SLOT_MS, NOW).at).toEqual([]);
  });

  test('does not break when only another value is told in between', () => {
    const between: TelemetrySpan = { at: NOW + SLOT_MS, least: { spool: 1 }, most: { spool: 1 } };
    const band = bandOf(battery, [span(NOW, 1), between, span(NOW + 2 * SLOT_MS, 2)], SLOT_MS, NOW);
    expect(band.most).toEqual([0.001, 0.002]);
  });
});

test('says why the camera started last, and where it is', () => {
  const spans: TelemetrySpan[] = [
    { at: NOW - HOUR_MS, least: { reset: 3 }, most: { reset: 7, lat_e7: 464_530_000, lon_e7: -112_580_000 } },
    span(NOW, 3700),
  ];
  expect(lastFacts(spans)).toEqual(['Last start: a brownout', 'Position: 46.45300, -11.25800']);
  expect(lastFacts([span(NOW, 1)])).toEqual([]);
  expect(lastFacts([{ at: NOW, least: { reset: 0 }, most: { reset: 0 } }])).toEqual([]);
});

test('goes from hours to years', () => {
  expect(rangeMs('6h')).toBe(6 * HOUR_MS);
  expect(rangeMs('5y')).toBeGreaterThan(1800 * DAY_MS);
});
