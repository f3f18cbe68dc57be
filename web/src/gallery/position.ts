// A picture somebody has their eye or finger on. Its number changes when others arrive or go; the picture is what counts.
import type { Image } from '../api/gallery';
import type { Album } from './album';

export interface Position {
  readonly index: number;
  /** Undefined while the picture is not known yet. */
  readonly image: Image | undefined;
}

export function positionAt(album: Album, index: number): Position {
  return { index, image: album.at(index) };
}

/** Its number now: of the picture if it is known, else the number it had. */
export function indexNow(album: Album, { index, image }: Position): number {
  const found = image && album.indexOf(image);
  return found ?? Math.max(0, Math.min(index, album.timeline.total - 1));
}
