// How a picture was exposed, where its camera wrote that into the file.
import type { Row } from './facts';

/** What the reader of EXIF makes of a tag. */
type Tag = { description: string } | undefined;
export type Exif = Partial<
  Record<'ExposureTime' | 'FNumber' | 'ISOSpeedRatings' | 'FocalLength' | 'Make' | 'Model', Tag>
>;

// EXIF stands at the beginning of a file, in one segment of 64 KB at most; a JPEG's own header is a few bytes more.
const HEAD_BYTES = 66_000;

/** In the order in which photographers ask; what was not written is left out. */
export function exposureRows(exif: Exif): Row[] {
  const { ExposureTime, FNumber, ISOSpeedRatings, FocalLength, Make, Model } = exif;
  const rows: Row[] = [];
  const add = (name: string, value: string | undefined) => {
    const text = value?.trim() ?? '';
    if (text !== '') rows.push({ name, value: text });
  };
  add('Time', ExposureTime && `${ExposureTime.description} s`);
  add('Aperture', FNumber?.description);
  add('Sensitivity', ISOSpeedRatings && `ISO ${ISOSpeedRatings.description}`);
  add('Focal length', FocalLength?.description);
  add('Made by', [Make?.description, Model?.description].filter((part) => part !== undefined).join(' '));
  return rows;
}

/** Empty where the file has no EXIF. Rejects when it cannot be read. */
export async function fetchExposure(url: string, signal: AbortSignal): Promise<Row[]> {
  const response = await fetch(url, { headers: { Range: `bytes=0-${HEAD_BYTES - 1}` }, signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const head = await response.arrayBuffer();
  const { load } = await import('exifreader');
  try {
    return exposureRows(load(head, { expanded: true }).exif ?? {});
  } catch {
    // It has none, or some that nobody can read.
    return [];
  }
}
