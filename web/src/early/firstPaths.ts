// What a page asks for as soon as it is there, told by its address alone. Pure.
import { CAMERAS_PATH, countsPath, fleetPath, newestPath, SESSION_PATH } from '../api/paths';
import { readShare } from '../session/shareLink';
import { dayOf, midnightOf, type OffsetAt } from '../time/zone';

/** Paths with their queries, as the client writes them: what is written otherwise is asked for twice. */
export function firstPaths(
  { search, hash }: Pick<Location, 'search' | 'hash'>,
  now: number,
  offsetAt: OffsetAt,
): readonly string[] {
  // Whoever holds a shared link is nobody here.
  if (readShare(hash) !== undefined) return [];
  const params = new URLSearchParams(search);
  if (params.get('page') === 'fleet')
    return [SESSION_PATH, fleetPath(midnightOf(dayOf(now, offsetAt), offsetAt))];
  params.delete('image');
  const camera = params.get('camera') ?? undefined;
  // Another page, or a filter, of which the address does not say all that the server is asked.
  if (params.size > (camera === undefined ? 0 : 1)) return [SESSION_PATH];
  return [SESSION_PATH, CAMERAS_PATH, countsPath(camera), newestPath(camera)];
}
