import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useVisit } from '../session/visit';
import { followChanges } from './changes';
import { gathered } from './gathered';
import { useThumbnailNews } from './thumbnails';

// A picture and what follows from it come within a second.
const SOON_MS = 1_000;
// Of a busy fleet something comes all the time: what is read for all cameras at once is not read with each of them.
const REST_MS = 10_000;

/** Reads again, a little later, when the server tells that something has changed. `queryKey` stays the same. */
export function useRefetchOnChanges(queryKey: readonly unknown[]): void {
  const queries = useQueryClient();
  const thumbnails = useThumbnailNews();
  const { recheck } = useVisit();
  const read = useEffectEvent(() => void queries.invalidateQueries({ queryKey }));
  // A stream that ends does not say why: the session may have ended.
  const onBroken = useEffectEvent(recheck);
  useEffect(() => {
    const reading = gathered(() => read(), SOON_MS, REST_MS);
    const stop = followChanges({
      onState: (state) => {
        if (state === 'reconnecting') onBroken();
      },
      onImage: reading.call,
      onThumbnail: (id) => thumbnails.made(id),
      onOrders: reading.call,
      onOutdated: reading.call,
    });
    return () => {
      stop();
      reading.stop();
    };
  }, [thumbnails]);
}
