// A camera's pictures at certain moments.
import type { Image } from './gallery';
import { client, dataOf } from './http';

// As many as the server takes at once.
const MOMENTS_AT_ONCE = 400;

/** Of each moment the picture taken nearest to it, no further than `within` milliseconds away; null: there is none. */
export async function fetchNearest(
  camera: string,
  moments: readonly number[],
  within: number,
  signal: AbortSignal,
): Promise<(Image | null)[]> {
  const found: (Image | null)[] = [];
  for (let first = 0; first < moments.length; first += MOMENTS_AT_ONCE) {
    const at = moments.slice(first, first + MOMENTS_AT_ONCE);
    const answer = await client.GET('/api/v1/cameras/{id}/nearest', {
      params: { path: { id: camera }, query: { at, within } },
      querySerializer: { array: { style: 'form', explode: false } },
      signal,
    });
    found.push(...dataOf(answer).images);
  }
  return found;
}
