import type { Image } from '../api/gallery';
import type { PicturePlaces } from '../gallery/places';

export const QUALITIES = [
  { value: 'original', label: 'Originals' },
  { value: 'thumbnail', label: 'Small, for slow lines' },
] as const;
export type Quality = (typeof QUALITIES)[number]['value'];

// Pixels: more than a film in a page shows, and 5 MB of memory for each frame that waits.
const DECODED_MAX_WIDTH = 1_280;

/** Reads and decodes a frame, no larger than it is shown. */
export async function decodeFrame(
  image: Image,
  places: PicturePlaces,
  quality: Quality,
  signal: AbortSignal,
): Promise<ImageBitmap> {
  const response = await fetch(places[quality](image), { signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const bytes = await response.blob();
  if (quality === 'thumbnail' || image.width <= DECODED_MAX_WIDTH) return createImageBitmap(bytes);
  return createImageBitmap(bytes, { resizeWidth: DECODED_MAX_WIDTH, resizeQuality: 'medium' });
}
