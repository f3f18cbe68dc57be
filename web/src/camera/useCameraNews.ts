import { useQueryClient } from '@tanstack/react-query';
import { CAMERAS_KEY, HISTOGRAM_KEY } from '../gallery/useAlbum';
import type { LiveState } from '../live/changes';
import { useThumbnailNews } from '../live/thumbnails';
import { useChanges } from '../live/useChanges';
import { ORDERS_KEY } from '../orders/useOrders';
import { CAMERA_HEALTH_KEY } from './useCameraHealth';
import { UPLOADS_KEY } from './useUploads';

/** Lets everything on a camera's page follow the server; returns the state of the line. */
export function useCameraNews(camera: string | undefined): LiveState {
  const queries = useQueryClient();
  const thumbnails = useThumbnailNews();
  const readAgain = (...keys: (readonly string[])[]) => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  return useChanges({
    onImage: ({ camera_id }) => {
      if (camera_id === camera) readAgain(CAMERAS_KEY, HISTOGRAM_KEY, CAMERA_HEALTH_KEY, UPLOADS_KEY);
    },
    onThumbnail: (id) => thumbnails.made(id),
    // Whoever answers is there.
    onOrders: () => readAgain(ORDERS_KEY, CAMERAS_KEY, CAMERA_HEALTH_KEY),
    onOutdated: () => readAgain(CAMERAS_KEY, HISTOGRAM_KEY, ORDERS_KEY, CAMERA_HEALTH_KEY, UPLOADS_KEY),
  });
}
