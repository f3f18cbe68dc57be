import { expect, test } from 'vitest';
import type { Image } from '../api/gallery';
import type { Quarantined } from '../api/quarantine';
import { missingWords, totalsWords, uploadLog, type Upload, type UploadFacts } from './uploadLog';

const NOON = Date.UTC(2026, 10, 22, 12);

function image(id: string, minute: number): Image {
  return {
    id,
    camera_id: 'c',
    filename: `${id}.jpg`,
    captured_at: NOON + minute * 60_000,
    received_at: NOON + minute * 60_000,
    width: 640,
    height: 480,
    size_bytes: 100_000,
    starred: false,
    salvaged: false,
  };
}

function refusal(id: string, minute: number, salvaged_id: string | null = null): Quarantined {
  return {
    id,
    camera_id: 'c',
    filename: `${id}.bin`,
    received_at: NOON + minute * 60_000,
    reason: `${id} is no picture`,
    boot: null,
    sequence: null,
    sha256: '0'.repeat(64),
    size_bytes: 10,
    head: '',
    salvaged_id,
  };
}

function facts(some: Partial<UploadFacts>): UploadFacts {
  const { health, ...lists } = some;
  return {
    health: { last_accepted_at: null, last_refused_at: null, last_refusal: null, ...health },
    images: [],
    moreImages: false,
    refused: [],
    moreRefused: false,
    ...lists,
  };
}

function told(uploads: readonly Upload[]): string[] {
  return uploads.map((upload) => {
    const minute = (upload.at - NOON) / 60_000;
    if (upload.kind === 'stored') return `${minute} ${upload.image.id}`;
    return upload.kind === 'refused' ? `${minute} ${upload.reason}` : `${minute} repeat`;
  });
}

test('nothing was sent', () => {
  expect(uploadLog(facts({}))).toEqual([]);
});

test('what was stored and what was refused stand in the order in which they came', () => {
  const log = uploadLog(facts({ images: [image('b', 3), image('a', 1)], refused: [refusal('x', 2)] }));
  expect(told(log)).toEqual(['3 b', '2 x is no picture', '1 a']);
});

test('a picture that was found inside of other bytes was no refusal', () => {
  const log = uploadLog(facts({ images: [image('a', 1)], refused: [refusal('x', 1, 'a')] }));
  expect(told(log)).toEqual(['1 a']);
});

test('an answer later than the newest picture was given to a repeat', () => {
  const health = { last_accepted_at: NOON + 2 * 60_000, last_refused_at: null, last_refusal: null };
  expect(told(uploadLog(facts({ health, images: [image('a', 1)] })))).toEqual(['2 repeat', '1 a']);
  const newest = { ...health, last_accepted_at: NOON + 60_000 };
  expect(told(uploadLog(facts({ health: newest, images: [image('a', 1)] })))).toEqual(['1 a']);
});

test('a refusal of which nothing is kept is told with its reason', () => {
  const health = { last_accepted_at: null, last_refused_at: NOON + 5 * 60_000, last_refusal: 'too large' };
  expect(told(uploadLog(facts({ health, refused: [refusal('x', 2)] })))).toEqual([
    '5 too large',
    '2 x is no picture',
  ]);
  // The one that is kept is not told twice.
  expect(told(uploadLog(facts({ health, refused: [refusal('x', 5)] })))).toEqual(['5 x is no picture']);
});

test('goes back only as far as nothing is missing', () => {
  const lists = { images: [image('b', 3), image('a', 2)], refused: [refusal('y', 4), refusal('x', 1)] };
  expect(told(uploadLog(facts({ ...lists, moreImages: true })))).toEqual(['4 y is no picture', '3 b', '2 a']);
  expect(told(uploadLog(facts({ ...lists, moreRefused: true })))).toHaveLength(4);
});

test.each([
  ['1 picture stored · 1 repeat · 0 refused', { images: 1, repeats: 1, refusals: 0 }],
  ['1,204 pictures stored · 31 repeats · 4 refused', { images: 1204, repeats: 31, refusals: 4 }],
])('%s', (words, health) => {
  expect(totalsWords(health)).toBe(words);
});

test('names what is missing of the last day', () => {
  expect(missingWords({ missing: 0, gaps: [] })).toBeUndefined();
  const gap = (boot: string, first: number, last: number) => ({ boot, first, last });
  expect(missingWords({ missing: 1, gaps: [gap('e2e', 4, 4)] })).toMatch(
    /^1 number is missing of the last day: 4 of e2e\. /,
  );
  const many = [gap('a', 1, 2), gap('b', 4, 9), gap('c', 1, 1), gap('d', 7, 8)];
  expect(missingWords({ missing: 11, gaps: many })).toMatch(
    /^11 numbers are missing of the last day: 1 to 2 of a, 4 to 9 of b, 1 of c and others\. /,
  );
});
