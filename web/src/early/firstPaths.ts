// What the gallery asks for as soon as it is there, told by the page's address alone. Pure.
import { NEWEST_COUNT } from '../gallery/paging';
import { readShare } from '../session/shareLink';

const SESSION = '/api/v1/session';

/** Paths with their queries, as the client writes them: what is written otherwise is asked for twice. */
export function firstPaths({ search, hash }: Pick<Location, 'search' | 'hash'>): readonly string[] {
  // Whoever holds a shared link is nobody here.
  if (readShare(hash) !== undefined) return [];
  const params = new URLSearchParams(search);
  params.delete('image');
  const camera = params.get('camera');
  const isWhole = params.size === 0;
  const isOfOneCamera = camera !== null && params.size === 1;
  // Another page, or a filter, of which the address does not say all that the server is asked.
  if (!isWhole && !isOfOneCamera) return [SESSION];
  const query = isWhole ? [] : [`camera=${encodeURIComponent(camera ?? '')}`];
  return [
    SESSION,
    '/api/v1/cameras',
    ['/api/v1/histogram', ...query].join('?'),
    `/api/v1/images?${[...query, `limit=${NEWEST_COUNT}`].join('&')}`,
  ];
}
