// What is known of one hour's pictures, and how pages from the server and live arrivals change it. Pure.
import type { Image, ImagePage } from '../api/gallery';
import type { PageRequest } from './paging';
import { hourOf } from './timeline';

/** Always the newest pictures of the hour, without gaps, newest first. */
export interface KnownHour {
  readonly images: readonly Image[];
  /** Where the server goes on; undefined when `complete`. */
  readonly cursor: string | undefined;
  readonly complete: boolean;
  /** Shown until it is read again from the start. */
  readonly stale: boolean;
}

/** As the server orders: by capture, then by id. */
export function isNewer(a: Image, b: Image): boolean {
  return a.captured_at === b.captured_at ? a.id > b.id : a.captured_at > b.captured_at;
}

/** With a picture that arrived live; the same hour if the picture belongs behind what is known. */
export function withArrival(known: KnownHour, image: Image): KnownHour {
  const behind = known.images.findIndex((other) => isNewer(image, other));
  if (behind < 0 && !known.complete) return known;
  const place = behind < 0 ? known.images.length : behind;
  return { ...known, images: known.images.toSpliced(place, 0, image) };
}

/** Without a picture that is thrown away. */
export function without(known: KnownHour, image: Image): KnownHour {
  return { ...known, images: known.images.filter(({ id }) => id !== image.id) };
}

/** The next page of a busy hour, or its first. */
export function withPage(known: KnownHour | undefined, request: PageRequest, page: ImagePage): KnownHour {
  const before = request.cursor === undefined ? [] : (known?.images ?? []);
  return {
    images: [...before, ...page.images],
    cursor: page.next ?? undefined,
    complete: page.next === null,
    stale: false,
  };
}

/**
 * A page that covers several hours, shared out among them. If more pictures came in meanwhile than one page holds, the
 * hour in which the page broke off is left out.
 */
export function hoursOfPage(request: PageRequest, page: ImagePage): Map<number, KnownHour> {
  const last = page.images.at(-1);
  const brokenHour = page.next !== null && last ? hourOf(last.captured_at) : undefined;
  const imagesOf = new Map<number, Image[]>();
  for (const start of request.hours) {
    if (brokenHour === undefined || start > brokenHour) imagesOf.set(start, []);
  }
  for (const image of page.images) {
    const start = hourOf(image.captured_at);
    if (start === brokenHour) continue;
    const images = imagesOf.get(start);
    if (images) images.push(image);
    else imagesOf.set(start, [image]);
  }
  return new Map(
    [...imagesOf].map(([start, images]) => [
      start,
      { images, cursor: undefined, complete: true, stale: false },
    ]),
  );
}
