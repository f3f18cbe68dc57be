// A copy of a picture as it is looked at. The original is only read.
import type { Image } from '../api/gallery';
import { filterOf, turnedSize, type Adjustments } from './adjustments';

// What a photograph loses at this quality nobody sees, and it is as large as the camera's own.
const QUALITY = 0.92;

/** "20261122T150102.123Z-06fk2r8m0q3zt-adjusted.jpg" */
export function adjustedName({ filename }: Pick<Image, 'filename'>): string {
  return filename.replace(/(\.\w+)?$/, '-adjusted.jpg');
}

/** Rejects where the picture cannot be read, or the browser's canvas knows no filters. */
export async function adjustedCopy(url: string, adjustments: Adjustments): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const picture = await createImageBitmap(await response.blob());
  try {
    const { width, height } = turnedSize(picture, adjustments.turns);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context || !('filter' in context)) throw new Error('This browser cannot adjust a copy.');
    context.translate(width / 2, height / 2);
    context.rotate((adjustments.turns * Math.PI) / 2);
    context.filter = filterOf(adjustments);
    context.drawImage(picture, -picture.width / 2, -picture.height / 2);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  } finally {
    picture.close();
  }
}
