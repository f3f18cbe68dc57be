import { useQuery } from '@tanstack/react-query';
import { fetchHealth } from '../api/fleet';
import { fetchNewest } from '../api/gallery';
import { fetchQuarantine } from '../api/quarantine';
import { uploadLog } from './uploadLog';

/** Everything below it is read again when a picture has come. */
export const UPLOADS_KEY = ['uploads'];

// As many as somebody looks through who wants to know what is wrong today.
const SHOWN = 60;
// Of what is refused the server tells nothing.
const LOOK_AGAIN_MS = 30_000;

/** What became of a camera's last uploads, and the sums of all. */
export function useUploads(camera: string) {
  return useQuery({
    queryKey: [...UPLOADS_KEY, camera],
    queryFn: async ({ signal }) => {
      const [health, newest, { quarantine, next }] = await Promise.all([
        fetchHealth(camera, signal),
        fetchNewest({ camera: [camera], limit: SHOWN }, signal),
        fetchQuarantine(camera, SHOWN, undefined, signal),
      ]);
      const { images, next: more } = newest;
      const facts = {
        health,
        images,
        moreImages: more !== null,
        refused: quarantine,
        moreRefused: next !== null,
      };
      return { health, uploads: uploadLog(facts) };
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}
