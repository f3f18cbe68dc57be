import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  clearRule,
  fetchRetention,
  fetchStorage,
  previewRule,
  setRule,
  type RetentionRule,
} from '../api/retention';

const STORAGE_KEY = ['storage'];
const RETENTION_KEY = ['retention'];
const REFETCH_MS = 60_000;

export function useStorage() {
  return useQuery({
    queryKey: STORAGE_KEY,
    queryFn: ({ signal }) => fetchStorage(signal),
    refetchInterval: REFETCH_MS,
  });
}

/** How many pictures the trash holds, of this camera or of all; undefined while the answer is on its way. */
export function useTrashed(camera: string | undefined): number | undefined {
  const { data, isError } = useStorage();
  if (!data) return isError ? 0 : undefined;
  const { trash } = data;
  if (camera === undefined) return trash?.images ?? 0;
  return trash?.cameras.find(({ id }) => id === camera)?.images ?? 0;
}

export function useRetention() {
  return useQuery({ queryKey: RETENTION_KEY, queryFn: ({ signal }) => fetchRetention(signal) });
}

/** What would go by this rule; undefined: there is no rule to ask about. Costs the server a look at many pictures. */
export function usePreview(camera: string | undefined, rule: RetentionRule | undefined) {
  return useQuery({
    queryKey: ['retention-preview', camera, rule],
    queryFn: ({ signal }) => (rule ? previewRule(camera, rule, signal) : null),
    enabled: rule !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Null: the rule is taken away. */
export function useSetRule(camera: string | undefined, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: RetentionRule | null) => (rule === null ? clearRule(camera) : setRule(camera, rule)),
    onSuccess: onDone,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: RETENTION_KEY });
      void queries.invalidateQueries({ queryKey: STORAGE_KEY });
    },
  });
}
