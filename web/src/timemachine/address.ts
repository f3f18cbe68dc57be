// What of the time machine stands in the page's address, so that it can be sent to somebody. Pure.
//
// ?page=time&view=days     camera, zone, at (HH:MM), from, to, day (YYYY-MM-DD), within (minutes)
// ?page=time&view=compare  left, right (images), how (slider, side)
// ?page=time&view=film     camera, and either from, to (days, of which every picture is shown, or with `at` the one
//                          nearest to that time), or moments (of a selection)
import type { Image } from '../api/gallery';
import { zoneOffsets } from '../time/zone';
import { dayText, minutesText, placeInDay } from './days';

export const VIEWS = ['days', 'compare', 'film'] as const;
export type View = (typeof VIEWS)[number];

export const TIME_KEYS = [
  'camera',
  'zone',
  'at',
  'from',
  'to',
  'day',
  'within',
  'left',
  'right',
  'how',
  'moments',
] as const;
export type TimeKey = (typeof TIME_KEYS)[number];
export type TimeParams = Partial<Record<TimeKey, string | undefined>>;

export function linkToTime(view: View, params: TimeParams): string {
  const query = new URLSearchParams({ page: 'time', view });
  for (const key of TIME_KEYS) {
    const value = params[key];
    if (value !== undefined && value !== '') query.set(key, value);
  }
  return `/?${query.toString()}`;
}

// Days on either side of a picture's own: what somebody takes in at a look.
const DAYS_AROUND = 15;

/** What else the camera saw at this time of day, by the clock of `zone`. */
export function sameTimeAddress(image: Pick<Image, 'camera_id' | 'captured_at'>, zone: string): string {
  const { day, minutes } = placeInDay(image.captured_at, zoneOffsets(zone));
  return linkToTime('days', {
    camera: image.camera_id,
    zone,
    at: minutesText(minutes),
    from: dayText(day - DAYS_AROUND),
    to: dayText(day + DAYS_AROUND),
    day: dayText(day),
  });
}

/** Without another: it is chosen there. */
export function compareAddress(left: Pick<Image, 'id'>, right?: Pick<Image, 'id'>): string {
  return linkToTime('compare', { left: left.id, right: right?.id });
}

// The server is asked for so many moments at once, and takes a header of 8 KB.
export const MAX_SELECTED = 400;

/**
 * A film of these pictures, in order of time. They must be of one camera, and MAX_SELECTED at most: otherwise undefined,
 * and whoever offers the film says so.
 */
export function filmAddress(images: readonly Pick<Image, 'camera_id' | 'captured_at'>[]): string | undefined {
  const camera = images[0]?.camera_id;
  if (camera === undefined || images.length > MAX_SELECTED) return undefined;
  if (images.some((image) => image.camera_id !== camera)) return undefined;
  return linkToTime('film', { camera, moments: momentsText(images.map(({ captured_at }) => captured_at)) });
}

const BASE = 36;

/** In order, the first as it is and each other by what it comes later. */
export function momentsText(moments: readonly number[]): string {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  return sorted.map((moment, i) => (moment - (sorted[i - 1] ?? 0)).toString(BASE)).join('.');
}

/** Undefined: it is no such text, or holds too many. */
export function readMoments(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length > MAX_SELECTED || !parts.every((part) => /^[0-9a-z]{1,9}$/.test(part))) return undefined;
  let moment = 0;
  return parts.map((part) => (moment += parseInt(part, BASE)));
}
