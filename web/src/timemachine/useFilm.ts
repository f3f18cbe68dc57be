import { useQuery } from '@tanstack/react-query';
import { fetchHistogram, fetchImages, type Image } from '../api/gallery';
import { fetchNearest } from '../api/nearest';
import { countsOf } from '../gallery/timeline';
import { MINUTE_MS } from '../time/words';
import { HOUR_MS, midnightOf } from '../time/zone';
import { readMoments, type TimeParams } from './address';
import { daysFrom, momentOf, readMinutes } from './days';
import { planFilm } from './sampling';
import type { Span } from './useSpan';

// The largest page that the server gives.
const PAGE_MAX = 500;
const WITHIN_USUAL_MIN = 60;

export interface FilmFacts {
  /** In order of time. */
  images: readonly Image[];
  /** How many there are to choose from. */
  total: number;
  /** Days that have no picture near the time of day; 0 of what is no film of days. */
  gaps: number;
}

/** The pictures of a film: a selection, the same time of each day, or all of a span of days. */
export function useFilm(span: Span, params: TimeParams) {
  const { camera, zone, first, last } = span;
  const { moments, at, within } = params;
  return useQuery({
    queryKey: ['film', camera?.id, zone, moments ?? [first, last, at, within]],
    queryFn: ({ signal }) => loadFilm(camera?.id ?? '', span, params, signal),
    enabled: camera !== undefined,
    // What is played does not change under the eyes.
    staleTime: Infinity,
  });
}

async function loadFilm(
  camera: string,
  span: Span,
  params: TimeParams,
  signal: AbortSignal,
): Promise<FilmFacts> {
  const selected = params.moments === undefined ? undefined : readMoments(params.moments);
  if (selected) {
    const images = distinct(await fetchNearest(camera, selected, 0, signal));
    return { images, total: selected.length, gaps: 0 };
  }
  const { offsetAt, first, last } = span;
  const minutes = readMinutes(params.at);
  if (minutes !== undefined) {
    const days = daysFrom(first, last);
    const near = Number(params.within ?? WITHIN_USUAL_MIN) || WITHIN_USUAL_MIN;
    const asked = days.map((day) => momentOf(day, minutes, offsetAt));
    const images = distinct(await fetchNearest(camera, asked, near * MINUTE_MS, signal));
    return { images, total: images.length, gaps: days.length - images.length };
  }
  return loadSpan(camera, midnightOf(first, offsetAt), midnightOf(last + 1, offsetAt), signal);
}

async function loadSpan(camera: string, from: number, to: number, signal: AbortSignal): Promise<FilmFacts> {
  const counts = countsOf(await fetchHistogram({ camera: [camera] }, signal, from));
  const { total, moments } = planFilm(counts, from, to);
  if (moments) {
    const images = distinct(await fetchNearest(camera, moments, HOUR_MS, signal));
    return {
      images: images.filter(({ captured_at }) => captured_at >= from && captured_at < to),
      total,
      gaps: 0,
    };
  }
  const images: Image[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchImages({ camera: [camera], from, to, limit: PAGE_MAX, cursor }, signal);
    images.push(...page.images);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { images: images.reverse(), total: images.length, gaps: 0 };
}

/** Each once, in order of time: two moments may have the same nearest picture. */
function distinct(images: readonly (Image | null)[]): Image[] {
  const byId = new Map(images.flatMap((image) => (image ? [[image.id, image] as const] : [])));
  return [...byId.values()].sort((a, b) => a.captured_at - b.captured_at);
}
