import { describe, expect, it } from 'vitest';
import { beside, clockTrust, fileRows, measureRows, nameRows, spanAt, timeRows } from './facts';

const TAKEN = Date.parse('2026-11-22T15:01:02Z');
const IMAGE = {
  id: '06fk2r8m0q3zt',
  camera_id: '06fk2r8m0q3zs',
  filename: 'a.jpg',
  captured_at: TAKEN,
  received_at: TAKEN + 2_000,
  width: 1600,
  height: 1200,
  size_bytes: 84_210,
  starred: false,
  salvaged: false,
};

describe('how far a time is to be believed', () => {
  it.each([
    [0, 'told no time'],
    [1, 'agrees'],
    [60_000, 'agrees'],
    [-4_000, 'agrees'],
    [-30_000, '30 seconds ahead'],
    [-3 * 3_600_000, '3 hours ahead'],
    [90_000, 'came 90 seconds later'],
    [2 * 86_400_000, 'came 2 days later'],
  ])('arrived %d ms later: %s', (delay, words) => {
    expect(clockTrust({ captured_at: TAKEN, received_at: TAKEN + delay })).toContain(words);
  });
});

describe('when', () => {
  const names = (zone: string, reader: string) => timeRows(IMAGE, zone, reader).map(({ name }) => name);

  it('is told by the clock of the camera, of the reader and of UTC, each once', () => {
    expect(timeRows(IMAGE, 'America/New_York', 'Europe/Rome').map(({ value }) => value)).toEqual([
      'Sunday 22 November 2026, 10:01:02 (America/New York)',
      'Sunday 22 November 2026, 16:01:02 (Europe/Rome)',
      'Sunday 22 November 2026, 15:01:02',
      'By the camera’s clock, which agrees with the server’s.',
      'Sunday 22 November 2026, 10:01:04 (America/New York)',
    ]);
    expect(names('Europe/Rome', 'Europe/Rome')).toEqual(['Taken', 'UTC', 'Clock', 'Received']);
    expect(names('UTC', 'Europe/Rome')).toEqual(['Taken', 'Where you are', 'Clock', 'Received']);
    expect(names('UTC', 'UTC')).toEqual(['Taken', 'Clock', 'Received']);
  });
});

it('tells of the file', () => {
  expect(fileRows(IMAGE).map(({ value }) => value)).toEqual([
    '1600 × 1200, 1.9 megapixels',
    '84 KB (84,210 bytes)',
    'a.jpg',
  ]);
  expect(fileRows({ ...IMAGE, salvaged: true }).at(-1)?.name).toBe('Salvaged');
});

it('names it as the camera did, if the camera did', () => {
  const detail = {
    image: IMAGE,
    sha256: 'ab',
    boot: null,
    sequence: null,
    telemetry: null,
    tags: [],
    note: '',
    detections: [],
  };
  expect(nameRows(detail).map(({ name }) => name)).toEqual(['Id', 'SHA-256']);
  expect(nameRows({ ...detail, boot: 'b', sequence: 0 }).map(({ value }) => value)).toEqual([
    IMAGE.id,
    'b',
    '0',
    'ab',
  ]);
});

it('says every measure, zero and frost too', () => {
  const told = measureRows({ battery_mv: 3912, temperature_mc: -3_250, spool: 0, uptime_s: 9_000, reset: 7 });
  expect(told.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Battery: 3.91 V',
    'Temperature: −3.3 °C',
    'Waiting pictures: 0',
    'Up for: 2.5 h',
    'Last start: a brownout',
  ]);
  expect(measureRows({ reset: 99 })).toEqual([]);
});

describe('around a picture', () => {
  const span = (minutes: number, told = {}) => ({ at: TAKEN + minutes * 60_000, least: {}, most: told });

  it.each([
    [[-50, -5, 1], -5],
    [[-59], -59],
    [[-61], undefined],
    [[1], undefined],
    [[], undefined],
  ])('of spans at %j minutes it is that at %s', (minutes, expected) => {
    const found = spanAt(
      minutes.map((at) => span(at)),
      TAKEN,
    );
    expect(found && (found.at - TAKEN) / 60_000).toBe(expected);
  });

  it('adds only what the picture did not tell', () => {
    expect(beside({ battery_mv: 1 }, span(0, { battery_mv: 2, spool: 3 }))).toEqual({ spool: 3 });
    expect(beside({}, undefined)).toEqual({});
  });
});
