import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { fetchAlerts, type AlertQuery } from '../api/alerts';

const ALERTS_KEY = ['alerts'];
// As often as the server looks.
const LOOK_AGAIN_MS = 60_000;

/** Newest first, a page at a time. */
export function alertPages(query: Pick<AlertQuery, 'open' | 'camera'>) {
  return infiniteQueryOptions({
    queryKey: [...ALERTS_KEY, query],
    queryFn: ({ pageParam, signal }) => fetchAlerts({ ...query, ...pageParam }, signal),
    initialPageParam: {},
    getNextPageParam: ({ next }) => (next === null ? undefined : { before: next }),
  });
}

export function useAlerts(query: Pick<AlertQuery, 'open' | 'camera'>) {
  return useInfiniteQuery({ ...alertPages(query), refetchInterval: LOOK_AGAIN_MS });
}

/** The last ones of a camera, open or not. */
export function useLastAlerts(camera: string, limit: number) {
  return useQuery({
    queryKey: [...ALERTS_KEY, camera, limit],
    queryFn: ({ signal }) => fetchAlerts({ camera, limit }, signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}
