// Everything that is known of a picture, in the words and units of a person. Pure.
import type { Image, ImageDetail, Telemetry } from '../api/gallery';
import type { TelemetrySpan } from '../api/telemetry';
import { MEASURES, resetWords, valueWords } from '../telemetry/measures';
import { clockWords, MINUTE_MS, numberWords, sizeWords, spanWords } from '../time/words';
import { HOUR_MS, zoneOffsets } from '../time/zone';

export interface Row {
  readonly name: string;
  readonly value: string;
  /** Read letter by letter. */
  readonly code?: boolean;
}

function delayWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds <= 1) return 'a second';
  return ms < 2 * MINUTE_MS ? `${seconds} seconds` : spanWords(ms);
}

// A request takes its time, and clocks that are set over the network agree no better.
const AGREES_MS = 5_000;

/** How far the time of a picture is to be believed. */
export function clockTrust({ captured_at, received_at }: Pick<Image, 'captured_at' | 'received_at'>): string {
  const delay = received_at - captured_at;
  if (delay === 0) return 'The camera told no time that can be believed: this is when the picture arrived.';
  if (delay < -AGREES_MS)
    return `By the camera’s clock, which was at least ${delayWords(-delay)} ahead of the server’s.`;
  if (delay <= MINUTE_MS) return 'By the camera’s clock, which agrees with the server’s.';
  return `By the camera’s clock. The picture came ${delayWords(delay)} later: it waited in the camera, or that clock was behind.`;
}

export function timeRows(image: Image, zone: string, readersZone: string): Row[] {
  const told = (at: number, timeZone: string) =>
    `${clockWords(zoneOffsets(timeZone)).full(at)} (${timeZone.replaceAll('_', ' ')})`;
  const rows: Row[] = [{ name: 'Taken', value: told(image.captured_at, zone) }];
  if (readersZone !== zone) rows.push({ name: 'Where you are', value: told(image.captured_at, readersZone) });
  if (zone !== 'UTC' && readersZone !== 'UTC')
    rows.push({ name: 'UTC', value: clockWords(() => 0).full(image.captured_at) });
  rows.push({ name: 'Clock', value: clockTrust(image) });
  rows.push({ name: 'Received', value: told(image.received_at, zone) });
  return rows;
}

export function fileRows(image: Image): Row[] {
  const megapixels = ((image.width * image.height) / 1e6).toFixed(1);
  const rows: Row[] = [
    { name: 'Dimensions', value: `${image.width} × ${image.height}, ${megapixels} megapixels` },
    { name: 'File size', value: `${sizeWords(image.size_bytes)} (${numberWords(image.size_bytes)} bytes)` },
    { name: 'File', value: image.filename, code: true },
  ];
  if (image.salvaged)
    rows.push({ name: 'Salvaged', value: 'Found inside of bytes that were no picture as a whole.' });
  return rows;
}

/** What the camera and the server know it by. */
export function nameRows({ image, sha256, boot, sequence }: ImageDetail): Row[] {
  const rows: Row[] = [{ name: 'Id', value: image.id, code: true }];
  if (boot !== null) rows.push({ name: 'Boot', value: boot, code: true });
  if (sequence !== null) rows.push({ name: 'Sequence', value: numberWords(sequence) });
  return [...rows, { name: 'SHA-256', value: sha256, code: true }];
}

/** Every measure that was told, in the order in which somebody asks. */
export function measureRows(telemetry: Telemetry): Row[] {
  const rows: Row[] = [];
  for (const measure of MEASURES) {
    const value = telemetry[measure.key];
    if (value !== undefined)
      rows.push({ name: measure.name, value: valueWords(measure, value / measure.by) });
  }
  const why = telemetry.reset === undefined ? undefined : resetWords(telemetry.reset);
  if (why !== undefined) rows.push({ name: 'Last start', value: why });
  return rows;
}

/** The span that holds the moment. Slots are of five minutes, or of an hour once they are old. */
export function spanAt(spans: readonly TelemetrySpan[], moment: number): TelemetrySpan | undefined {
  return spans.findLast(({ at }) => at <= moment && moment - at < HOUR_MS);
}

/** What the picture itself did not tell, and the camera told around that time. */
export function beside(own: Telemetry, around: TelemetrySpan | undefined): Telemetry {
  const others = Object.entries(around?.most ?? {}).filter(([key]) => !(key in own));
  return Object.fromEntries(others);
}
