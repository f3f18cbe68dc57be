import { skipToken, useQuery } from '@tanstack/react-query';
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

/** The picture in the page's address: known from the wall, or asked for when it came by a link. */
export function useOpened(id: string | undefined, known: Image | undefined) {
  const detail = useImageDetail(id);
  if (id === undefined) return { image: undefined, gone: false };
  const image = known?.id === id ? known : detail.data?.image;
  return { image, gone: image === undefined && detail.error instanceof ApiError };
}
