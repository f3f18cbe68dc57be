import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { fetchLabels, fetchTags } from '../api/organise';
import { CAMERAS_KEY, HISTOGRAM_KEY } from '../gallery/useAlbum';
import { IMAGE_KEY } from '../lightbox/useOpened';

export const TAGS_KEY = ['tags'];
export const LABELS_KEY = ['labels'];
export const TRASH_KEY = ['trash'];

/** The tags there are, for choosing from. */
export function useTags() {
  return useQuery({ queryKey: TAGS_KEY, queryFn: ({ signal }) => fetchTags(signal) });
}

/** The labels there are, for choosing from. */
export function useLabels() {
  return useQuery({ queryKey: LABELS_KEY, queryFn: ({ signal }) => fetchLabels(signal) });
}

/** Lets everything on the page read again what pictures coming, going or being marked changes. */
export function useReread(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    for (const queryKey of [CAMERAS_KEY, HISTOGRAM_KEY, IMAGE_KEY, TAGS_KEY, LABELS_KEY, TRASH_KEY])
      void queries.invalidateQueries({ queryKey });
  }, [queries]);
}
