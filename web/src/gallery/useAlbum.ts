import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import {
  fetchCameras,
  fetchHistogram,
  fetchImages,
  fetchNewest,
  type Histogram,
  type ImagePage,
} from '../api/gallery';
import { filterName, filterQuery, type Filter } from '../organise/filter';
import type { OffsetAt } from '../time/zone';
import { Album, type LoadPage } from './album';
import { NEWEST_COUNT, PAGE_SIZE, pageOfNewest } from './paging';
import { countsOf } from './timeline';

export const CAMERAS_KEY = ['cameras'];
export const HISTOGRAM_KEY = ['histogram'];

// Of a camera that falls silent the server tells nothing.
const LOOK_FOR_CAMERAS_MS = 60_000;

/** `enabled` false asks nothing. */
export function useCameras(enabled = true) {
  return useQuery({
    enabled,
    queryKey: CAMERAS_KEY,
    queryFn: ({ signal }) => fetchCameras(signal),
    refetchInterval: LOOK_FOR_CAMERAS_MS,
  });
}

/** What an album is read from. */
export interface AlbumSource {
  /** Of the counts among all queries. */
  countsKey: readonly unknown[];
  fetchCounts: (signal: AbortSignal) => Promise<Histogram>;
  loadPage: LoadPage;
  /** How often the counts are read again; missing: whenever somebody says that they have changed. */
  refresh_ms?: number;
}

function gallerySource(camera: string | undefined, filter: Filter, offsetAt: OffsetAt): AlbumSource {
  const query = filterQuery(camera, filter, offsetAt);
  let newest: Promise<ImagePage | undefined> | undefined;
  let wasRead = false;
  return {
    countsKey: [...HISTOGRAM_KEY, camera, filterName(filter)],
    fetchCounts: (signal) => {
      // Beside the first counts only: later ones tell of pictures that these would deny.
      newest = wasRead
        ? undefined
        : fetchNewest({ ...query, limit: NEWEST_COUNT }, signal).catch(() => undefined);
      wasRead = true;
      return fetchHistogram(query, signal);
    },
    loadPage: async (request, signal) => {
      const known = await newest;
      newest = undefined;
      signal.throwIfAborted();
      const { from, to, cursor } = request;
      return (
        (known && pageOfNewest(known, request)) ??
        fetchImages({ ...query, from, to, cursor, limit: PAGE_SIZE }, signal)
      );
    },
  };
}

/** The album of one camera, or of all, and the state of the counts it stands on. */
export function useAlbum(camera: string | undefined, filter: Filter, offsetAt: OffsetAt) {
  const source = useMemo(() => gallerySource(camera, filter, offsetAt), [camera, filter, offsetAt]);
  return { ...useAlbumOf(source, offsetAt), loadPage: source.loadPage };
}

/** `source` is another one only when it leads to other pictures. */
export function useAlbumOf(source: AlbumSource, offsetAt: OffsetAt) {
  const queries = useQueryClient();
  const { countsKey, fetchCounts, loadPage, refresh_ms } = source;
  const album = useMemo(
    () => new Album(loadPage, offsetAt, () => void queries.invalidateQueries({ queryKey: countsKey })),
    [countsKey, loadPage, offsetAt, queries],
  );
  useEffect(() => () => album.dispose(), [album]);

  const histogram = useQuery({
    queryKey: countsKey,
    queryFn: ({ signal }) => fetchCounts(signal),
    refetchInterval: refresh_ms ?? false,
  });
  const { data, dataUpdatedAt } = histogram;
  useEffect(() => {
    if (data) album.setCounts(countsOf(data));
    // The same counts read again still correct what the album believed in between: hence the time of the reading.
  }, [album, data, dataUpdatedAt]);

  useSyncExternalStore(album.subscribe, album.version);
  return { album, histogram };
}
