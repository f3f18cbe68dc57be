import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteQuarantined, fetchQuarantine } from '../api/quarantine';
import { UPLOADS_KEY } from './useUploads';

const QUARANTINE_KEY = ['quarantine'];
const PAGE = 50;

/** What the camera sent that was refused, newest first, page after page. */
export function useQuarantine(camera: string) {
  return useInfiniteQuery({
    queryKey: [...QUARANTINE_KEY, camera],
    queryFn: ({ pageParam, signal }) => fetchQuarantine(camera, PAGE, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useDeleteQuarantined() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteQuarantined,
    onSettled: async () => {
      for (const queryKey of [QUARANTINE_KEY, UPLOADS_KEY]) await queries.invalidateQueries({ queryKey });
    },
  });
}
