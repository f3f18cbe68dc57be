import { useQuery } from '@tanstack/react-query';
import { fetchHealth } from '../api/fleet';

/** Read again when the camera has sent or said something. */
export const CAMERA_HEALTH_KEY = ['camera health'];

const LOOK_AGAIN_MS = 60_000;

/** How a camera is, by what its pictures tell. */
export function useCameraHealth(camera: string) {
  return useQuery({
    queryKey: [...CAMERA_HEALTH_KEY, camera],
    queryFn: ({ signal }) => fetchHealth(camera, signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}
