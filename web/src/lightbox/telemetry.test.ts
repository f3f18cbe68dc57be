import { describe, expect, it } from 'vitest';
import { telemetryFacts } from './telemetry';

const values = (telemetry: Parameters<typeof telemetryFacts>[0]) =>
  telemetryFacts(telemetry).map(({ kind, value }) => [kind, value]);

describe('telemetryFacts', () => {
  it('says what a person wants to know, in their units', () => {
    expect(
      values({ battery_mv: 3912, rssi_dbm: -71, temperature_mc: 21_449, heap_bytes: 9, uptime_s: 9 }),
    ).toEqual([
      ['battery', '3.91 V'],
      ['signal', '−71 dBm'],
      ['temperature', '21.4 °C'],
    ]);
  });

  it('knows frost, and no minus zero', () => {
    expect(values({ temperature_mc: -3_250 })).toEqual([['temperature', '−3.3 °C']]);
    expect(values({ temperature_mc: -10 })).toEqual([['temperature', '0.0 °C']]);
  });

  it('names a place only by both its coordinates', () => {
    expect(values({ lat_e7: 450_703_000 })).toEqual([]);
    const [place] = telemetryFacts({ lat_e7: 450_703_000, lon_e7: -76_869_000 });
    expect(place?.value).toBe('45.07030, −7.68690');
    expect(place?.link).toContain('mlat=45.0703&mlon=-7.6869');
  });

  it('is silent about nothing', () => {
    expect(telemetryFacts({})).toEqual([]);
  });
});
