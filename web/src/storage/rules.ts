// A rule of retention: in words, and as a form that a person fills in. Pure.
import type { RetentionPreview, RetentionRule } from '../api/retention';
import { numberWords, pictureWords } from '../time/words';
import { daysWords, roomWords } from './storageWords';

export const NO_RULE: RetentionRule = {
  keep_days: null,
  keep_bytes: null,
  keep_images: null,
  all_days: null,
  hourly_days: null,
};

const GB = 1e9;

/** What stands in the fields; empty: no limit. */
export type RuleForm = Record<'keep_days' | 'keep_gb' | 'keep_images' | 'all_days' | 'hourly_days', string>;

const text = (value: number | null) => (value === null ? '' : String(value));

export function formOf(rule: RetentionRule): RuleForm {
  return {
    keep_days: text(rule.keep_days),
    keep_gb: text(rule.keep_bytes === null ? null : rule.keep_bytes / GB),
    keep_images: text(rule.keep_images),
    all_days: text(rule.all_days),
    hourly_days: text(rule.hourly_days),
  };
}

/** A sentence instead of a rule: what is wrong with the form. Limits of numbers are the server's to say. */
export function ruleOf(form: RuleForm): RetentionRule | string {
  const whole = (value: string) => (value.trim() === '' ? null : Number(value));
  const gb = whole(form.keep_gb);
  const rule: RetentionRule = {
    keep_days: whole(form.keep_days),
    keep_bytes: gb === null ? null : Math.round(gb * GB),
    keep_images: whole(form.keep_images),
    all_days: whole(form.all_days),
    hourly_days: whole(form.hourly_days),
  };
  for (const value of Object.values(rule)) {
    if (value !== null && !(Number.isInteger(value) && value >= 1)) return 'A limit is a number, 1 or more.';
  }
  const { all_days: all, hourly_days: hourly } = rule;
  if (hourly !== null && all === null) return 'Say from when on only one picture an hour is kept.';
  if (hourly !== null && all !== null && hourly <= all) {
    return 'One picture a day comes after one an hour: that number must be larger.';
  }
  return rule;
}

export function isSame(a: RetentionRule | undefined, b: RetentionRule | string): boolean {
  if (a === undefined || typeof b === 'string') return false;
  return (Object.keys(NO_RULE) as (keyof RetentionRule)[]).every((key) => a[key] === b[key]);
}

/** What of the common rule holds for a single camera: its bytes and its number are of all of them together. */
export function ofEach(common: RetentionRule | null): RetentionRule {
  return { ...(common ?? NO_RULE), keep_bytes: null, keep_images: null };
}

/** What it keeps; "everything" when it sets no limit. */
export function ruleWords(rule: RetentionRule): string {
  const words: string[] = [];
  if (rule.keep_days !== null) words.push(daysWords(rule.keep_days));
  if (rule.keep_bytes !== null) words.push(`${roomWords(rule.keep_bytes)} at most`);
  if (rule.keep_images !== null) words.push(`${pictureWords(rule.keep_images)} at most`);
  if (rule.all_days !== null) {
    words.push(`one an hour after ${daysWords(rule.all_days)}`);
    if (rule.hourly_days !== null) words.push(`one a day after ${daysWords(rule.hourly_days)}`);
  }
  return words.length === 0 ? 'everything' : words.join(', ');
}

/** "312 pictures would go (1.2 GB), from 3 cameras." */
export function previewWords({ complete, images, bytes, cameras }: RetentionPreview): string {
  if (images === 0 && complete) return 'Nothing would go now.';
  const from = cameras.length === 1 ? '1 camera' : `${numberWords(cameras.length)} cameras`;
  const least = complete ? '' : 'At least ';
  return `${least}${pictureWords(images)} would go (${roomWords(bytes)}), from ${from}.`;
}

const REASONS = [
  ['age', 'too old'],
  ['thinning', 'thinned out'],
  ['bytes', 'too much room'],
  ['images', 'too many'],
] as const;

/** "200 too old · 112 thinned out"; empty: nothing goes. */
export function reasonWords({ reasons }: RetentionPreview): string {
  return REASONS.filter(([key]) => reasons[key] > 0)
    .map(([key, words]) => `${numberWords(reasons[key])} ${words}`)
    .join(' · ');
}
