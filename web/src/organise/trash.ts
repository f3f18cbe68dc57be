// The trash by the days on which things were thrown away. Pure.
import type { TrashedImage } from '../api/organise';
import { dayOf, type DayNumber, type OffsetAt } from '../time/zone';

export interface TrashDay {
  readonly day: DayNumber;
  readonly images: readonly TrashedImage[];
}

/** In the order they come in: the last thrown away first. */
export function daysOfTrash(images: readonly TrashedImage[], offsetAt: OffsetAt): TrashDay[] {
  const days = new Map<DayNumber, TrashedImage[]>();
  for (const image of images) {
    const day = dayOf(image.trashed_at, offsetAt);
    const before = days.get(day);
    if (before) before.push(image);
    else days.set(day, [image]);
  }
  return [...days].map(([day, ofDay]) => ({ day, images: ofDay }));
}
