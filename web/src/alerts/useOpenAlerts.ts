import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useCameras } from '../gallery/useAlbum';
import { numberWords } from '../time/words';
import { alertPages } from './useAlerts';

// The pictures come first, also on a slow line.
const FIRST_MS = 3_000;
// A little less than from one look at the cameras to the next.
const FRESH_MS = 50_000;

/** "3 open", as far as the reader is told; undefined: none, or it is not known. `enabled` false asks nothing. */
export function useOpenAlerts(enabled: boolean): string | undefined {
  const { dataUpdatedAt: camerasReadAt } = useCameras(enabled);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), FIRST_MS);
    return () => clearTimeout(timer);
  }, []);

  const open = useInfiniteQuery({ ...alertPages({ open: true }), enabled: enabled && late });
  const answeredAt = Math.max(open.dataUpdatedAt, open.errorUpdatedAt);
  const readAgain = useEffectEvent(() => {
    if (answeredAt > 0 && camerasReadAt - answeredAt > FRESH_MS) void open.refetch();
  });
  // Together with the cameras, which are looked at anyway: the radio of a phone wakes once for both.
  useEffect(() => readAgain(), [camerasReadAt]);

  const count = open.data?.pages.flatMap(({ alerts }) => alerts).length ?? 0;
  return count === 0 ? undefined : `${numberWords(count)}${open.hasNextPage ? ' or more' : ''} open`;
}
