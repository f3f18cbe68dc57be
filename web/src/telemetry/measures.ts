// What of a camera's telemetry is drawn, in which unit, and how it becomes lines with gaps. Pure.
import type { Telemetry, TelemetrySpan } from '../api/telemetry';
import { signedWords } from '../time/words';
import { HOUR_MS, DAY_MS } from '../time/zone';

type Key = Exclude<keyof Telemetry, 'lat_e7' | 'lon_e7' | 'reset'>;

export interface Measure {
  key: Key;
  name: string;
  unit: string;
  /** Divides what is told. */
  by: number;
  digits: number;
}

/** In the order in which somebody asks: has it power, is it heard, is it well. */
export const MEASURES: readonly [Measure, ...Measure[]] = [
  { key: 'battery_mv', name: 'Battery', unit: 'V', by: 1000, digits: 2 },
  { key: 'solar_mv', name: 'Solar panel', unit: 'V', by: 1000, digits: 2 },
  { key: 'rssi_dbm', name: 'Signal', unit: 'dBm', by: 1, digits: 0 },
  { key: 'temperature_mc', name: 'Temperature', unit: '°C', by: 1000, digits: 1 },
  { key: 'spool', name: 'Waiting pictures', unit: '', by: 1, digits: 0 },
  { key: 'sent_bytes', name: 'Data this month', unit: 'MB', by: 1e6, digits: 1 },
  { key: 'heap_bytes', name: 'Free memory', unit: 'KB', by: 1000, digits: 0 },
  { key: 'uptime_s', name: 'Up for', unit: 'h', by: 3600, digits: 1 },
];

/** Seconds since 1970, and the least and the most then; null where a line is broken. */
export interface Band {
  at: number[];
  least: (number | null)[];
  most: (number | null)[];
}

// Kept by the hour from then on, whatever the step is.
const DETAIL_MS = 30 * DAY_MS;

/** Silence that is longer than this is shown as one. */
function gapFrom(times: readonly number[], stepMs: number): number {
  const spaces = times.slice(1).map((time, i) => time - (times[i] ?? time));
  spaces.sort((a, b) => a - b);
  const usual = spaces[Math.floor(spaces.length / 2)] ?? stepMs;
  return Math.max(2.5 * usual, 2 * stepMs);
}

/** Empty: the camera did not tell of it. `now`: when they were asked for. */
export function bandOf(measure: Measure, spans: readonly TelemetrySpan[], stepMs: number, now: number): Band {
  const told = spans.filter(({ most }) => most[measure.key] !== undefined);
  const gapMs = gapFrom(
    told.map(({ at }) => at),
    stepMs,
  );
  const band: Band = { at: [], least: [], most: [] };
  let before: number | undefined;
  for (const { at, least, most } of told) {
    const isOld = before !== undefined && before < now - DETAIL_MS;
    const longest = isOld ? Math.max(gapMs, 2.5 * HOUR_MS) : gapMs;
    if (before !== undefined && at - before > longest) {
      band.at.push((before + at) / 2000);
      band.least.push(null);
      band.most.push(null);
    }
    before = at;
    band.at.push(at / 1000);
    band.least.push((least[measure.key] ?? 0) / measure.by);
    band.most.push((most[measure.key] ?? 0) / measure.by);
  }
  return band;
}

export function valueWords({ unit, digits }: Measure, value: number): string {
  const number = signedWords(value, digits);
  return unit === '' ? number : `${number} ${unit}`;
}

/** "3.71 V to 4.02 V, last 3.91 V", for those who do not see the line. */
export function bandWords(measure: Measure, { least, most }: Band): string {
  const low = Math.min(...least.filter((value) => value !== null));
  const high = Math.max(...most.filter((value) => value !== null));
  const last = most.at(-1) ?? high;
  const words = (value: number) => valueWords(measure, value);
  return low === high ? words(high) : `${words(low)} to ${words(high)}, last ${words(last)}`;
}

const RESETS = [
  undefined,
  'power on',
  'its reset pin',
  'software',
  'a crash',
  'a watchdog',
  'deep sleep',
  'a brownout',
] as const;

/** Why a camera started; undefined where that says nothing. */
export function resetWords(reset: number): string | undefined {
  return RESETS[reset];
}

/** What the last span that tells of them says beside the lines. */
export function lastFacts(spans: readonly TelemetrySpan[]): string[] {
  const facts: string[] = [];
  const reset = spans.findLast(({ most }) => most.reset !== undefined)?.most.reset;
  const why = reset === undefined ? undefined : resetWords(reset);
  if (why !== undefined) facts.push(`Last start: ${why}`);
  const place = spans.findLast(({ most }) => most.lat_e7 !== undefined && most.lon_e7 !== undefined)?.most;
  if (place) facts.push(`Position: ${degrees(place.lat_e7)}, ${degrees(place.lon_e7)}`);
  return facts;
}

function degrees(e7: number | undefined): string {
  return ((e7 ?? 0) / 1e7).toFixed(5);
}

export const RANGES = [
  { value: '6h', label: '6 hours', ms: 6 * HOUR_MS },
  { value: '1d', label: 'a day', ms: DAY_MS },
  { value: '7d', label: 'a week', ms: 7 * DAY_MS },
  { value: '30d', label: 'a month', ms: 30 * DAY_MS },
  { value: '1y', label: 'a year', ms: 365 * DAY_MS },
  { value: '5y', label: '5 years', ms: 5 * 365 * DAY_MS },
] as const;
export type Range = (typeof RANGES)[number]['value'];

export function rangeMs(range: Range): number {
  return RANGES.find(({ value }) => value === range)?.ms ?? DAY_MS;
}
