import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchFlashImages, fetchReleases, fetchRollout, fetchRollouts, type Rollout } from '../api/firmware';
import { useChanges } from '../live/useChanges';

const RELEASES_KEY = ['releases'];
const ROLLOUTS_KEY = ['rollouts'];
const FLASH_IMAGES_KEY = ['flash-images'];
// What the server does not tell: what the command line did, and that another camera has said its model.
const LOOK_AGAIN_MS = 60_000;

export function useReleases() {
  return useQuery({ queryKey: RELEASES_KEY, queryFn: ({ signal }) => fetchReleases(signal) });
}

export function useFlashImages() {
  return useQuery({ queryKey: FLASH_IMAGES_KEY, queryFn: ({ signal }) => fetchFlashImages(signal) });
}

/** Read again when the server tells that one has changed. */
export function useRollouts() {
  const queries = useQueryClient();
  const readAgain = () => void queries.invalidateQueries({ queryKey: ROLLOUTS_KEY });
  useChanges({ onRollout: readAgain, onOutdated: readAgain });
  return useQuery({
    queryKey: ROLLOUTS_KEY,
    queryFn: ({ signal }) => fetchRollouts(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** These, with what came of each of their cameras. */
export function useMembersOf(rollouts: readonly Rollout[]) {
  return useQueries({
    queries: rollouts.map(({ id }) => ({
      queryKey: [...ROLLOUTS_KEY, id],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRollout(id, signal),
    })),
  });
}

/** A change of any of them; afterwards all are read again. */
export function useFirmwareChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: async () => {
      for (const queryKey of [RELEASES_KEY, ROLLOUTS_KEY, FLASH_IMAGES_KEY]) {
        await queries.invalidateQueries({ queryKey });
      }
    },
  });
}
