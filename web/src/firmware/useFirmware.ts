import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchReleases, fetchRollouts } from '../api/firmware';

const RELEASES_KEY = ['releases'];
const ROLLOUTS_KEY = ['rollouts'];
// A camera takes minutes; whoever watches a rollout does not want to press a button.
const LOOK_AGAIN_MS = 5000;

export function useReleases() {
  return useQuery({ queryKey: RELEASES_KEY, queryFn: ({ signal }) => fetchReleases(signal) });
}

export function useRollouts() {
  return useQuery({
    queryKey: ROLLOUTS_KEY,
    queryFn: ({ signal }) => fetchRollouts(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** A change of either; afterwards both are read again. */
export function useFirmwareChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: async () => {
      for (const queryKey of [RELEASES_KEY, ROLLOUTS_KEY]) await queries.invalidateQueries({ queryKey });
    },
  });
}
