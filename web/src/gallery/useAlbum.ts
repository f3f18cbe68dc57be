import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { fetchCameras, fetchHistogram, fetchImages } from '../api/gallery';
import type { OffsetAt } from '../time/zone';
import { Album } from './album';
import { PAGE_SIZE } from './paging';
import { countsOf } from './timeline';

export const CAMERAS_KEY = ['cameras'];
export const HISTOGRAM_KEY = ['histogram'];

export function useCameras() {
  return useQuery({ queryKey: CAMERAS_KEY, queryFn: ({ signal }) => fetchCameras(signal) });
}

/** The album of one camera, or of all, and the state of the counts it stands on. */
export function useAlbum(camera: string | undefined, offsetAt: OffsetAt) {
  const queries = useQueryClient();
  const album = useMemo(
    () =>
      new Album(
        ({ from, to, cursor }, signal) => fetchImages({ camera, from, to, cursor, limit: PAGE_SIZE }, signal),
        offsetAt,
        () => void queries.invalidateQueries({ queryKey: HISTOGRAM_KEY }),
      ),
    [camera, offsetAt, queries],
  );
  useEffect(() => () => album.dispose(), [album]);

  const histogram = useQuery({
    queryKey: [...HISTOGRAM_KEY, camera],
    queryFn: ({ signal }) => fetchHistogram(camera, signal),
  });
  const { data, dataUpdatedAt } = histogram;
  useEffect(() => {
    if (data) album.setCounts(countsOf(data));
    // The same counts read again still correct what the album believed in between: hence the time of the reading.
  }, [album, data, dataUpdatedAt]);

  useSyncExternalStore(album.subscribe, album.version);
  return { album, histogram };
}
