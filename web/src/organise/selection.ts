// Which pictures are selected. Pure.
import type { Image } from '../api/gallery';
import { isNewer } from '../gallery/known';

/** By id. Never more than MAX_SELECTED. */
export type Selection = ReadonlyMap<string, Image>;

/** What one archive takes, and ten requests to the trash. */
export const MAX_SELECTED = 5_000;

export const NOTHING_SELECTED: Selection = new Map();

export function toggled(selection: Selection, image: Image): Selection {
  const next = new Map(selection);
  if (!next.delete(image.id) && next.size < MAX_SELECTED) next.set(image.id, image);
  return next;
}

export function withAll(selection: Selection, images: readonly Image[]): Selection {
  const next = new Map(selection);
  for (const image of images) {
    if (next.size >= MAX_SELECTED) break;
    next.set(image.id, image);
  }
  return next;
}

export function withoutAll(selection: Selection, ids: Iterable<string>): Selection {
  const next = new Map(selection);
  for (const id of ids) next.delete(id);
  return next;
}

/** Of `images`, those from one picture to another, both with them, whichever is the newer. */
export function between(images: readonly Image[], one: Image, other: Image): Image[] {
  const [newer, older] = isNewer(one, other) ? [one, other] : [other, one];
  return images.filter((image) => !isNewer(image, newer) && !isNewer(older, image));
}
