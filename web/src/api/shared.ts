// What somebody asks who holds a link and has no account. The cookie of an opened share goes with every request to its
// addresses, and with no other.
import type { Histogram, Image, ImagePage } from './gallery';
import { client, dataOf } from './http';
import type { components } from './schema.gen';

export type SharedFacts = components['schemas']['SharedFacts'];

/** Counts as a view. Fails with the kind `share-password` when the password is needed, or was wrong. */
export async function openShare(token: string, password: string | null): Promise<SharedFacts> {
  return dataOf(await client.POST('/api/v1/shared', { body: { token, password } }));
}

/** Of a share that this browser has opened before. */
export async function fetchShared(share: string, signal: AbortSignal): Promise<SharedFacts> {
  return dataOf(await client.GET('/api/v1/shared/{share}', { params: { path: { share } }, signal }));
}

export async function fetchSharedHistogram(share: string, signal: AbortSignal): Promise<Histogram> {
  return dataOf(
    await client.GET('/api/v1/shared/{share}/histogram', { params: { path: { share } }, signal }),
  );
}

export async function fetchSharedImages(
  share: string,
  query: { from?: number; to?: number; limit: number; cursor?: string },
  signal: AbortSignal,
): Promise<ImagePage> {
  const params = { path: { share }, query };
  return dataOf(await client.GET('/api/v1/shared/{share}/images', { params, signal }));
}

export function sharedThumbnailUrl(share: string, image: Image): string {
  return `/api/v1/shared/${share}/thumbnails/${image.filename}`;
}

export function sharedOriginalUrl(share: string, image: Image): string {
  return `/api/v1/shared/${share}/originals/${image.filename}`;
}

/** Of the socket over which a share of kind `live` is watched. */
export function sharedLivePath(share: string): string {
  return `/api/v1/shared/${share}/live`;
}
