// Which pictures of the gallery are shown: read from the page's address, written into it, and told to the server. Pure.
import type { FilterQuery, Image } from '../api/gallery';
import { DAY_MS, HOUR_MS, type OffsetAt } from '../time/zone';

export interface Filter {
  /** Two or more; a single one is the gallery's own camera. */
  readonly cameras: readonly string[];
  readonly group: string | undefined;
  readonly starred: boolean;
  readonly noted: boolean;
  readonly tag: string | undefined;
  /** In the note. */
  readonly text: string | undefined;
  /** Found in the picture by some program. */
  readonly label: string | undefined;
  readonly motion: boolean;
  /** Of the day, by the reader's clock: `from` inclusive, `to` exclusive; `to` before `from` is past midnight. */
  readonly hours: { readonly from: number; readonly to: number } | undefined;
}

export const NO_FILTER: Filter = {
  cameras: [],
  group: undefined,
  starred: false,
  noted: false,
  tag: undefined,
  text: undefined,
  label: undefined,
  motion: false,
  hours: undefined,
};

const KEYS = ['group', 'starred', 'noted', 'tag', 'text', 'label', 'motion', 'hours'] as const;

export function readFilter(params: URLSearchParams): Filter {
  const cameras = params.getAll('camera');
  return {
    cameras: cameras.length > 1 ? cameras : [],
    group: params.get('group') ?? undefined,
    starred: params.get('starred') === 'true',
    noted: params.get('noted') === 'true',
    tag: words(params.get('tag')),
    text: words(params.get('text')),
    label: words(params.get('label')),
    motion: params.get('motion') === 'true',
    hours: readHours(params.get('hours')),
  };
}

/** Nothing was said where nothing is written. */
function words(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : text;
}

function readHours(text: string | null): Filter['hours'] {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text ?? '') ?? [];
  const hours = { from: Number(from), to: Number(to) };
  const sound = hours.from <= 23 && hours.to >= 1 && hours.to <= 24 && hours.from !== hours.to;
  return sound ? hours : undefined;
}

/** Puts it in the place of the one that is there; a single camera stays. */
export function writeFilter(params: URLSearchParams, filter: Filter): void {
  for (const key of KEYS) params.delete(key);
  if (filter.cameras.length > 0 || params.getAll('camera').length > 1) params.delete('camera');
  for (const camera of filter.cameras) params.append('camera', camera);
  if (filter.group !== undefined) params.set('group', filter.group);
  if (filter.starred) params.set('starred', 'true');
  if (filter.noted) params.set('noted', 'true');
  if (filter.tag !== undefined) params.set('tag', filter.tag);
  if (filter.text !== undefined) params.set('text', filter.text);
  if (filter.label !== undefined) params.set('label', filter.label);
  if (filter.motion) params.set('motion', 'true');
  if (filter.hours) params.set('hours', `${filter.hours.from}-${filter.hours.to}`);
}

/** The same filter has the same name. */
export function filterName(filter: Filter): string {
  const params = new URLSearchParams();
  writeFilter(params, filter);
  return params.toString();
}

export function isEmpty(filter: Filter): boolean {
  return filterName(filter) === '';
}

/** Of pictures in which something was found, which is so a while after they came only. */
export function isByFindings(filter: Filter): boolean {
  return filter.motion || filter.label !== undefined;
}

/** As the server is asked. */
export function filterQuery(camera: string | undefined, filter: Filter, offsetAt: OffsetAt): FilterQuery {
  const cameras = camera === undefined ? [...filter.cameras] : [camera];
  return {
    ...(cameras.length > 0 && { camera: cameras }),
    ...(filter.group !== undefined && { group: filter.group }),
    ...(filter.starred && { starred: true }),
    ...(filter.noted && { noted: true }),
    ...(filter.tag !== undefined && { tag: filter.tag }),
    ...(filter.text !== undefined && { text: filter.text }),
    ...(filter.label !== undefined && { label: filter.label }),
    ...(filter.motion && { motion: true }),
    ...(filter.hours && {
      hours: `${filter.hours.from}-${filter.hours.to}`,
      offsets: offsetsText(offsetAt, Date.now()),
    }),
  };
}

// Pictures of before are rare, and the first offset holds for them too.
const OFFSETS_SINCE = Date.UTC(2015, 0, 1);
const OFFSETS_STEP_MS = 14 * DAY_MS;
const YEAR_MS = 366 * DAY_MS;

/** When the reader's clocks were put forward and back, as the server is told; to a year from now. */
export function offsetsText(offsetAt: OffsetAt, now: number): string {
  const offsets: [since: number, ahead_ms: number][] = [[OFFSETS_SINCE, offsetAt(OFFSETS_SINCE)]];
  for (let at = OFFSETS_SINCE; at < now + YEAR_MS; at += OFFSETS_STEP_MS) {
    const next = offsetAt(at + OFFSETS_STEP_MS);
    if (next === offsetAt(at)) continue;
    offsets.push([changeBetween(offsetAt, at, at + OFFSETS_STEP_MS), next]);
  }
  return offsets.map(([since, ahead]) => `${since}:${Math.round(ahead / 60_000)}`).join(',');
}

/** The minute at which the offset becomes what it is at `later`. */
function changeBetween(offsetAt: OffsetAt, earlier: number, later: number): number {
  const MINUTE_MS = 60_000;
  let before = earlier / MINUTE_MS;
  let after = later / MINUTE_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * MINUTE_MS) === offsetAt(later)) after = middle;
    else before = middle;
  }
  return after * MINUTE_MS;
}

/** Whether a picture that has just come belongs there; undefined: only the server knows. */
export function fits(filter: Filter, image: Image, offsetAt: OffsetAt): boolean | undefined {
  // Nobody has marked it yet, nor found anything in it.
  if (isByFindings(filter)) return false;
  if (filter.starred || filter.noted || filter.tag !== undefined || filter.text !== undefined) return false;
  if (filter.cameras.length > 0 && !filter.cameras.includes(image.camera_id)) return false;
  if (filter.hours) {
    const { from, to } = filter.hours;
    const local = image.captured_at + offsetAt(image.captured_at);
    const hour = Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
    if (from < to ? hour < from || hour >= to : hour < from && hour >= to) return false;
  }
  return filter.group === undefined ? true : undefined;
}

export interface Chip {
  readonly words: string;
  /** The filter without it. */
  readonly without: Filter;
}

/** What is chosen, for people. `nameOf`: of a camera. */
export function chipsOf(
  filter: Filter,
  nameOf: (camera: string) => string,
  groupName: string | undefined,
): Chip[] {
  const chips: Chip[] = [];
  for (const camera of filter.cameras) {
    const left = filter.cameras.filter((one) => one !== camera);
    chips.push({ words: nameOf(camera), without: { ...filter, cameras: left } });
  }
  if (filter.group !== undefined)
    chips.push({ words: groupName ?? 'One group', without: { ...filter, group: undefined } });
  if (filter.starred) chips.push({ words: 'Starred', without: { ...filter, starred: false } });
  if (filter.tag !== undefined)
    chips.push({ words: `Tag: ${filter.tag}`, without: { ...filter, tag: undefined } });
  if (filter.noted) chips.push({ words: 'With a note', without: { ...filter, noted: false } });
  if (filter.text !== undefined)
    chips.push({ words: `Note: “${filter.text}”`, without: { ...filter, text: undefined } });
  if (filter.label !== undefined)
    chips.push({ words: `Label: ${filter.label}`, without: { ...filter, label: undefined } });
  if (filter.motion) chips.push({ words: 'With motion', without: { ...filter, motion: false } });
  if (filter.hours) chips.push({ words: hoursWords(filter.hours), without: { ...filter, hours: undefined } });
  return chips;
}

/** "05:00 to 09:00". */
export function hoursWords({ from, to }: NonNullable<Filter['hours']>): string {
  return `${clockHour(from)} to ${clockHour(to)}`;
}

export function clockHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
