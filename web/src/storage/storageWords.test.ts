import { describe, expect, test } from 'vitest';
import type { Storage } from '../api/retention';
import { momentWords } from '../time/words';
import {
  daysWords,
  disk,
  forecastDetail,
  forecastWords,
  holders,
  holderWords,
  roomWords,
  trashGoesWords,
  trashWords,
} from './storageWords';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [84_210, '84.2 KB'],
  [412_000_000, '412 MB'],
  [1_249_000_000, '1.2 GB'],
  [2e12, '2.0 TB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(roomWords(bytes)).toBe(words);
});

test.each([
  [1, '1 day'],
  [41, '41 days'],
  [89, '89 days'],
  [200, '7 months'],
  [1100, '3 years'],
])('%d days are %s', (days, words) => {
  expect(daysWords(days)).toBe(words);
});

describe('a forecast', () => {
  const nothing: Storage['forecast'] = {
    outlook: 'unknown',
    bytes_per_day: null,
    full_in_days: null,
    earliest_days: null,
    latest_days: null,
  };
  test.each<[Partial<Storage['forecast']>, string, string]>([
    [{}, 'Too early to say when it will be full', 'Four whole days of pictures are needed for that'],
    [{ outlook: 'steady', bytes_per_day: 0 }, 'It does not fill up', '0 B come in a day'],
    [{ outlook: 'distant', bytes_per_day: 2e6 }, 'Not full for a long time', '2.0 MB come in a day'],
    [
      { outlook: 'filling', bytes_per_day: 3e9, full_in_days: 41, earliest_days: 35, latest_days: 120 },
      'Full in 41 days',
      '3.0 GB come in a day · between 35 days and 4 months',
    ],
    [
      { outlook: 'filling', full_in_days: 0, earliest_days: 0 },
      'Full today',
      'In 0 days at the earliest, perhaps never',
    ],
  ])('%j', (facts, words, detail) => {
    expect(forecastWords({ ...nothing, ...facts })).toBe(words);
    expect(forecastDetail({ ...nothing, ...facts })).toBe(detail);
  });
});

test('the disk adds up to itself', () => {
  const shares = disk({ size_bytes: 1000, free_bytes: 300, image_bytes: 500 } as Storage);
  expect(shares.map(({ bytes }) => bytes)).toEqual([500, 200, 300]);
  expect(shares.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
});

test('the trash has a share of its own where there is something in it', () => {
  const trash = { bytes: 50 } as Storage['trash'];
  const shares = disk({ size_bytes: 1000, free_bytes: 300, image_bytes: 500, trash } as Storage);
  expect(shares.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['Pictures', 500],
    ['Trash', 50],
    ['Everything else', 150],
    ['Free', 300],
  ]);
});

test('the trash says what it holds and when that goes', () => {
  const empty = { keep_days: 30, images: 0, bytes: 0, first_goes_at: null, last_goes_at: null, cameras: [] };
  expect(trashWords(empty)).toBe('The trash is empty');
  expect(trashGoesWords(empty)).toBe('What is thrown away stays for 30 days, and takes its room until then.');
  const noon = new Date(2026, 11, 24, 12).getTime();
  const one = { ...empty, images: 1, bytes: 84_210, first_goes_at: noon, last_goes_at: noon };
  expect(trashWords(one)).toBe('1 picture in the trash, 84.2 KB');
  const then = momentWords(noon);
  const rest = '30 days after it was thrown away, or sooner by a rule of its camera.';
  expect(trashGoesWords(one)).toBe(`It goes ${then}, ${rest}`);
  const later = noon + 86_400_000;
  expect(trashGoesWords({ ...one, last_goes_at: later })).toBe(
    `It goes from ${then} on, the last of it ${momentWords(later)}, ${rest}`,
  );
});

test('who takes most comes first', () => {
  const camera = (name: string, bytes: number) => ({
    id: name,
    name,
    removed: false,
    images: 2,
    bytes,
    bytes_per_day: null,
  });
  expect(holders([camera('C', 5), camera('B', 9), camera('A', 5)]).map(({ name }) => name)).toEqual([
    'B',
    'A',
    'C',
  ]);
  expect(holderWords(camera('A', 5000))).toBe('5.0 KB · 2 pictures');
  expect(holderWords({ ...camera('A', 5000), images: 1, bytes_per_day: 800 })).toBe(
    '5.0 KB · 1 picture · 800 B a day',
  );
});
