import { describe, expect, test } from 'vitest';
import type { RetentionPreview, RetentionRule } from '../api/retention';
import { formOf, isSame, NO_RULE, ofEach, previewWords, reasonWords, ruleOf, ruleWords } from './rules';

describe('a rule', () => {
  test.each<[Partial<RetentionRule>, string]>([
    [{}, 'everything'],
    [{ keep_days: 30 }, '30 days'],
    [{ keep_bytes: 20e9, keep_images: 5000 }, '20.0 GB at most, 5,000 pictures at most'],
    [{ all_days: 7 }, 'one an hour after 7 days'],
    [
      { keep_days: 1000, all_days: 7, hourly_days: 365 },
      '3 years, one an hour after 7 days, one a day after 12 months',
    ],
  ])('%j keeps %s, and comes back from its form', (some, words) => {
    const rule = { ...NO_RULE, ...some };
    expect(ruleWords(rule)).toBe(words);
    expect(ruleOf(formOf(rule))).toEqual(rule);
  });
});

test.each([
  [{ keep_days: '0' }, /number, 1 or more/],
  [{ keep_days: '1.5' }, /number, 1 or more/],
  [{ keep_images: 'many' }, /number, 1 or more/],
  [{ hourly_days: '9' }, /Say from when on/],
  [{ all_days: '9', hourly_days: '9' }, /must be larger/],
])('the form %j is told what is wrong', (fields, problem) => {
  expect(ruleOf({ ...formOf(NO_RULE), ...fields })).toMatch(problem);
});

test('half a gigabyte is a limit too', () => {
  expect(ruleOf({ ...formOf(NO_RULE), keep_gb: '0.5' })).toEqual({ ...NO_RULE, keep_bytes: 500_000_000 });
});

test('a camera takes from the common rule what is of each', () => {
  const common = { ...NO_RULE, keep_days: 30, keep_bytes: 5, keep_images: 6, all_days: 7 };
  expect(ofEach(common)).toEqual({ ...NO_RULE, keep_days: 30, all_days: 7 });
  expect(ofEach(null)).toEqual(NO_RULE);
  expect(isSame(common, { ...common })).toBe(true);
  expect(isSame(common, { ...common, all_days: 8 })).toBe(false);
  expect(isSame(undefined, common)).toBe(false);
  expect(isSame(common, 'wrong')).toBe(false);
});

test('a preview in words', () => {
  const camera = { id: 'a', name: 'Barn', images: 1, bytes: 1, oldest: 1, newest: 1 };
  const preview: RetentionPreview = {
    complete: true,
    images: 1312,
    bytes: 1.2e9,
    oldest: 1,
    newest: 2,
    reasons: { age: 200, thinning: 1112, bytes: 0, images: 0 },
    cameras: [camera, { ...camera, id: 'b' }],
  };
  expect(previewWords(preview)).toBe('1,312 pictures would go (1.2 GB), from 2 cameras.');
  expect(reasonWords(preview)).toBe('200 too old · 1,112 thinned out');
  expect(previewWords({ ...preview, complete: false, cameras: [camera] })).toBe(
    'At least 1,312 pictures would go (1.2 GB), from 1 camera.',
  );
  expect(previewWords({ ...preview, images: 0, cameras: [] })).toBe('Nothing would go now.');
});
