import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import {
  fetchCameras,
  fetchHistogram,
  fetchImages,
  fetchNewest,
  knownCameras,
  knownCounts,
  knownNewest,
  type Histogram,
  type ImagePage,
} from '../api/gallery';
import { NEWEST_COUNT } from '../api/paths';
import { filterName, filterQuery, isEmpty, type Filter } from '../organise/filter';
import { knownAtFirst } from '../queries';
import type { OffsetAt } from '../time/zone';
import { Album, type LoadPage } from './album';
import { PAGE_SIZE } from './paging';
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
    ...knownAtFirst(knownCameras),
  });
}

/** What an album begins with. */
export interface AlbumStart {
  histogram: Histogram;
  /** The newest pictures, read when the counts were. Missing: the album asks for what is in view. */
  newest?: ImagePage | undefined;
}

/** What an album is read from. */
export interface AlbumSource {
  /** Of the start among all queries. */
  startKey: readonly unknown[];
  fetchStart: (signal: AbortSignal) => Promise<AlbumStart>;
  /** Where it may be known without asking. */
  knownStart?: () => AlbumStart | undefined;
  loadPage: LoadPage;
  /** How often the start is read again; missing: whenever somebody says that the counts have changed. */
  refresh_ms?: number;
}

function gallerySource(camera: string | undefined, filter: Filter, offsetAt: OffsetAt): AlbumSource {
  const query = filterQuery(camera, filter, offsetAt);
  let wasRead = false;
  return {
    startKey: [...HISTOGRAM_KEY, camera, filterName(filter)],
    fetchStart: async (signal) => {
      // With the first counts only: when they are read again, the album knows what is in view.
      const asked = wasRead
        ? undefined
        : fetchNewest({ ...query, limit: NEWEST_COUNT }, signal).catch(() => undefined);
      wasRead = true;
      const [histogram, newest] = await Promise.all([fetchHistogram(query, signal), asked]);
      return { histogram, newest };
    },
    knownStart: () => {
      const histogram = isEmpty(filter) ? knownCounts(camera) : undefined;
      wasRead ||= histogram !== undefined;
      return histogram && { histogram, newest: knownNewest(camera) };
    },
    loadPage: ({ from, to, cursor }, signal) =>
      fetchImages({ ...query, from, to, cursor, limit: PAGE_SIZE }, signal),
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
  const { startKey, fetchStart, knownStart, loadPage, refresh_ms } = source;
  const start = useQuery({
    queryKey: startKey,
    queryFn: ({ signal }) => fetchStart(signal),
    refetchInterval: refresh_ms ?? false,
    ...knownAtFirst<AlbumStart>(() => knownStart?.()),
  });
  const album = useMemo(() => {
    const made = new Album(loadPage, offsetAt, () => void queries.invalidateQueries({ queryKey: startKey }));
    // What is known already is there when it is drawn first.
    const known = queries.getQueryState<AlbumStart>(startKey);
    if (known?.data) begin(made, known.data, known.dataUpdatedAt);
    return made;
  }, [startKey, loadPage, offsetAt, queries]);
  useEffect(() => () => album.dispose(), [album]);

  const { data, dataUpdatedAt } = start;
  useEffect(() => {
    if (data && album.readAt !== dataUpdatedAt) begin(album, data, dataUpdatedAt);
  }, [album, data, dataUpdatedAt]);

  useSyncExternalStore(album.subscribe, album.version);
  return { album, start };
}

function begin(album: Album, { histogram, newest }: AlbumStart, read_at: number): void {
  album.setCounts(countsOf(histogram), { newest, read_at });
}
