import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/http';
import { fetchImage, type Image, type ImageDetail } from '../api/gallery';

/** Of everything known of pictures; a picture's id follows. */
export const IMAGE_KEY = ['image'];

/** Everything known of one picture. What people say about it may change: they tell (useReread). */
export function useImageDetail(id: string | undefined) {
  return useQuery<ImageDetail>({
    queryKey: [...IMAGE_KEY, id],
    queryFn: id === undefined ? skipToken : ({ signal }) => fetchImage(id, signal),
    staleTime: Infinity,
  });
}

/**
 * The picture in the page's address: known from the wall, or asked for when it came by a link. Until that is answered,
 * what was open stays: an address may change a moment before the reader's place does.
 */
export function useOpened(id: string | undefined, known: Image | undefined) {
  const detail = useImageDetail(id);
  const found = known?.id === id ? known : detail.data?.image;
  const gone = found === undefined && detail.error instanceof ApiError;
  const [last, setLast] = useState<Image>();
  const image = id === undefined || gone ? undefined : (found ?? last);
  if (image !== last) setLast(image);
  return { image, gone: id !== undefined && gone };
}
