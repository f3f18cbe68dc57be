// What room there is and how long it will last, in words. Pure.
import type { Storage } from '../api/retention';
import { momentWords, numberWords, pictureWords } from '../time/words';
import { compareNames } from '../ui/byName';

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const;
const MONTH_DAYS = 30.44;
const YEAR_DAYS = 365.25;
// Up to here somebody counts days; beyond, nobody does.
const DAYS_UNTIL = 90;
const MONTHS_UNTIL = 730;

/** "940 B", "84 KB", "1.2 GB": decimal units, as disks are sold. */
export function roomWords(bytes: number): string {
  let value = bytes;
  let unit = 'B';
  for (const next of UNITS) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  const digits = unit === 'B' || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}

/** "41 days", "7 months", "3 years". */
export function daysWords(days: number): string {
  const [count, unit] =
    days < DAYS_UNTIL
      ? [days, 'day']
      : days < MONTHS_UNTIL
        ? [Math.round(days / MONTH_DAYS), 'month']
        : [Math.round(days / YEAR_DAYS), 'year'];
  return count === 1 ? `1 ${unit}` : `${numberWords(count)} ${unit}s`;
}

export function forecastWords({ outlook, full_in_days: full }: Storage['forecast']): string {
  switch (outlook) {
    case 'unknown':
      return 'Too early to say when it will be full';
    case 'steady':
      return 'It does not fill up';
    case 'distant':
      return 'Not full for a long time';
    case 'filling':
      if (full === null) return 'It fills up';
      return full < 1 ? 'Full today' : `Full in ${daysWords(full)}`;
  }
}

/** What stands below it; empty: nothing more is known. */
export function forecastDetail(forecast: Storage['forecast']): string {
  const { outlook, bytes_per_day: comes, earliest_days: earliest, latest_days: latest } = forecast;
  const words: string[] = [];
  if (comes !== null) words.push(`${roomWords(comes)} come in a day`);
  if (outlook === 'filling' && earliest !== null) {
    words.push(
      latest === null
        ? `in ${daysWords(earliest)} at the earliest, perhaps never`
        : `between ${daysWords(earliest)} and ${daysWords(latest)}`,
    );
  }
  if (outlook === 'unknown') words.push('four whole days of pictures are needed for that');
  const detail = words.join(' · ');
  return detail.charAt(0).toUpperCase() + detail.slice(1);
}

export interface Share {
  name: string;
  bytes: number;
  /** Of the whole disk, 0 to 1. */
  part: number;
}

/** The disk from left to right: pictures, those that were thrown away, what else lies on it, and what is free. */
export function disk({ size_bytes: size, free_bytes: free, image_bytes: images, trash }: Storage): Share[] {
  const thrown = trash?.bytes ?? 0;
  const other = Math.max(0, size - free - images - thrown);
  const share = (name: string, bytes: number) => ({ name, bytes, part: size > 0 ? bytes / size : 0 });
  return [
    share('Pictures', images),
    ...(thrown > 0 ? [share('Trash', thrown)] : []),
    share('Everything else', other),
    share('Free', free),
  ];
}

type Trash = NonNullable<Storage['trash']>;

/** What the trash holds. */
export function trashWords({ images, bytes }: Trash): string {
  return images === 0 ? 'The trash is empty' : `${pictureWords(images)} in the trash, ${roomWords(bytes)}`;
}

/** When what is in it goes for good. */
export function trashGoesWords({ keep_days: keep, first_goes_at: first, last_goes_at: last }: Trash): string {
  if (first === null || last === null)
    return `What is thrown away stays for ${daysWords(keep)}, and takes its room until then.`;
  const [soonest, latest] = [momentWords(first), momentWords(last)];
  const when = soonest === latest ? `goes ${soonest}` : `goes from ${soonest} on, the last of it ${latest}`;
  return `It ${when}, ${daysWords(keep)} after it was thrown away, or sooner by a rule of its camera.`;
}

type Holder = Storage['cameras'][number];

/** Who takes most comes first. */
export function holders(cameras: readonly Holder[]): Holder[] {
  return cameras.toSorted((a, b) => b.bytes - a.bytes || compareNames(a.name, b.name));
}

export function holderWords({ images, bytes, bytes_per_day: comes }: Holder): string {
  const grows = comes === null || comes === 0 ? '' : ` · ${roomWords(comes)} a day`;
  return `${roomWords(bytes)} · ${pictureWords(images)}${grows}`;
}
