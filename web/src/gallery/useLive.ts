import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Camera, Image } from '../api/gallery';
import { Announcer } from '../live/announcer';
import { IMAGE_KEY } from '../lightbox/useOpened';
import { followChanges, type LiveState } from '../live/changes';
import { gathered } from '../live/gathered';
import { useThumbnailNews } from '../live/thumbnails';
import { ORDERS_KEY } from '../orders/useOrders';
import { fits, isByFindings, type Filter } from '../organise/filter';
import { LABELS_KEY, useReread } from '../organise/useOrganise';
import { useVisit } from '../session/visit';
import type { OffsetAt } from '../time/zone';
import type { Album } from './album';
import { CAMERAS_KEY, HISTOGRAM_KEY } from './useAlbum';

// With the stream, what was read before is read again: on a slow line the first pictures come first.
const FOLLOW_AFTER_MS = 1_000;
// An answer that was on its way when a picture came is read again once it is there, of a busy fleet now and then only.
const AGAIN_MS = 1_000;
const AGAIN_REST_MS = 10_000;

/** Lets everything on the page follow the server; returns the state of the line and what to tell a screen reader. */
export function useLive(
  album: Album,
  camera: string | undefined,
  filter: Filter,
  offsetAt: OffsetAt,
): { state: LiveState; announcement: string } {
  const queries = useQueryClient();
  const thumbnails = useThumbnailNews();
  const { recheck } = useVisit();
  const reread = useReread();
  const [state, setState] = useState<LiveState>('connecting');
  const [announcement, setAnnouncement] = useState('');
  const [announcer] = useState(() => new Announcer(setAnnouncement));

  const onState = useEffectEvent((next: LiveState) => {
    setState(next);
    // A stream that ends does not say why: the session may have ended.
    if (next === 'reconnecting') recheck();
  });

  const readAgain = useEffectEvent(() => {
    void queries.invalidateQueries({ queryKey: CAMERAS_KEY });
    void queries.invalidateQueries({ queryKey: HISTOGRAM_KEY });
  });
  const isAnswerComing = useEffectEvent(() =>
    [CAMERAS_KEY, HISTOGRAM_KEY].some((queryKey) => queries.isFetching({ queryKey }) > 0),
  );

  const onImage = useEffectEvent((image: Image) => {
    const cameras = queries.getQueryData<Camera[]>(CAMERAS_KEY);
    const from = cameras?.find(({ id }) => id === image.camera_id);
    if (from)
      queries.setQueryData<Camera[]>(CAMERAS_KEY, (before) => before?.map((one) => counted(one, image)));
    else void queries.invalidateQueries({ queryKey: CAMERAS_KEY });
    if (camera !== undefined && camera !== image.camera_id) return;
    const belongs = fits(filter, image, offsetAt);
    if (belongs === undefined) void queries.invalidateQueries({ queryKey: HISTOGRAM_KEY });
    if (belongs !== true) return;
    album.arrived(image);
    announcer.arrived(from?.name ?? 'a new camera');
  });

  const onOrders = useEffectEvent(() => {
    void queries.invalidateQueries({ queryKey: ORDERS_KEY });
    // Whoever answers is there.
    void queries.invalidateQueries({ queryKey: CAMERAS_KEY });
  });

  const onImages = useEffectEvent(() => {
    reread();
    album.outdated();
  });

  const findAgain = useEffectEvent(() => {
    void queries.invalidateQueries({ queryKey: LABELS_KEY });
    if (!isByFindings(filter)) return;
    void queries.invalidateQueries({ queryKey: HISTOGRAM_KEY });
    album.outdated();
  });

  const onOutdated = useEffectEvent(() => {
    readAgain();
    void queries.invalidateQueries({ queryKey: ORDERS_KEY });
  });

  useEffect(() => {
    const again = gathered(() => readAgain(), AGAIN_MS, AGAIN_REST_MS);
    const finding = gathered(() => findAgain(), AGAIN_MS, AGAIN_REST_MS);
    let stop: (() => void) | undefined;
    const begin = setTimeout(() => {
      stop = followChanges({
        onState: (next) => onState(next),
        onImage: (image) => {
          // What comes may be from before this picture, and would take it away again.
          if (isAnswerComing()) again.call();
          onImage(image);
        },
        onThumbnail: (id) => thumbnails.made(id),
        onOrders: () => onOrders(),
        onImages: () => onImages(),
        onAnalysed: (id) => {
          void queries.invalidateQueries({ queryKey: [...IMAGE_KEY, id] });
          finding.call();
        },
        onOutdated: () => onOutdated(),
      });
    }, FOLLOW_AFTER_MS);
    return () => {
      clearTimeout(begin);
      stop?.();
      announcer.stop();
      again.stop();
      finding.stop();
    };
  }, [queries, thumbnails, announcer]);

  return { state, announcement };
}

function counted(camera: Camera, image: Image): Camera {
  if (camera.id !== image.camera_id) return camera;
  const newest = (camera.last_image?.captured_at ?? 0) <= image.captured_at;
  return {
    ...camera,
    image_count: camera.image_count + 1,
    last_image: newest ? image : camera.last_image,
  };
}
