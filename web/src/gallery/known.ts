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
 * The newest pictures of a span, shared out among the hours that have some. If there are more, the last of these hours
 * goes on where the page ends.
 */
export function hoursOfNewest({ images, next }: ImagePage): Map<number, KnownHour> {
  const imagesOf = new Map<number, Image[]>();
  for (const image of images) {
    const start = hourOf(image.captured_at);
    const others = imagesOf.get(start);
    if (others) others.push(image);
    else imagesOf.set(start, [image]);
  }
  const hours = new Map([...imagesOf].map(([start, known]) => [start, whole(known)]));
  const last = images.at(-1);
  const open = last && hourOf(last.captured_at);
  if (next !== null && open !== undefined) {
    hours.set(open, { ...whole(imagesOf.get(open) ?? []), cursor: next, complete: false });
  }
  return hours;
}

function whole(images: readonly Image[]): KnownHour {
  return { images, cursor: undefined, complete: true, stale: false };
}

/**
 * A page that covers several hours, shared out among them, also those without pictures. If more came in meanwhile than
 * one page holds, the hour in which the page broke off is left out.
 */
export function hoursOfPage(request: PageRequest, page: ImagePage): Map<number, KnownHour> {
  const listed = hoursOfNewest(page);
  const broken = [...listed].find(([, known]) => !known.complete)?.[0];
  const hours = new Map<number, KnownHour>();
  for (const start of request.hours) {
    if (broken === undefined || start > broken) hours.set(start, listed.get(start) ?? whole([]));
  }
  return hours;
}
