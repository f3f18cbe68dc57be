import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchGroups, fetchPeople } from '../api/people';
import { CAMERAS_KEY } from '../gallery/useAlbum';
import { useVisit } from '../session/visit';

const PEOPLE_KEY = ['people'];
const GROUPS_KEY = ['groups'];

export function usePeople() {
  return useQuery({ queryKey: PEOPLE_KEY, queryFn: ({ signal }) => fetchPeople(signal) });
}

/** Only administrators are told: `enabled` false asks nothing. */
export function useGroups(enabled = true) {
  return useQuery({ queryKey: GROUPS_KEY, queryFn: ({ signal }) => fetchGroups(signal), enabled });
}

/** A change of people or groups; afterwards everything that may have changed with it is read again. */
export function useChange<Input = void, T = void>(
  change: (input: Input) => Promise<T>,
  onSuccess?: (result: T) => void,
) {
  const queries = useQueryClient();
  const { recheck } = useVisit();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => onSuccess?.(result),
    onSettled: () => {
      for (const queryKey of [PEOPLE_KEY, GROUPS_KEY, CAMERAS_KEY])
        void queries.invalidateQueries({ queryKey });
      // It may have been the reader's own rights.
      recheck();
    },
  });
}
