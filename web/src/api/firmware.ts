// Programs for cameras: what administrators ask about them.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Release = components['schemas']['Release'];
export type Rollout = components['schemas']['Rollout'];
export type FlashImage = components['schemas']['FlashImage'];

export async function fetchReleases(signal: AbortSignal): Promise<Release[]> {
  return dataOf(await client.GET('/api/v1/releases', { signal })).releases;
}

/** A signed image, as `heliograph ota sign` makes it. */
export async function addRelease(file: Blob): Promise<Release> {
  return dataOf(
    await client.POST('/api/v1/releases', {
      body: file as never,
      bodySerializer: () => file,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}

export async function deleteRelease(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/releases/{id}', { params: { path: { id } } }));
}

export async function fetchFlashImages(signal: AbortSignal): Promise<FlashImage[]> {
  return dataOf(await client.GET('/api/v1/flash-images', { signal })).flash_images;
}

/** What a board is flashed with the first time, as `idf.py merge-bin` makes it: beside the release of its program. */
export async function putFlashImage({ release, file }: { release: string; file: Blob }): Promise<FlashImage> {
  return dataOf(
    await client.PUT('/api/v1/releases/{id}/flash-image', {
      params: { path: { id: release } },
      body: file as never,
      bodySerializer: () => file,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}

/** Where this page finds it. */
export function addressOfFlashImage({ release }: FlashImage): URL {
  return new URL(`/api/v1/releases/${release}/flash-image`, window.location.origin);
}

export async function fetchRollouts(signal: AbortSignal): Promise<Rollout[]> {
  return dataOf(await client.GET('/api/v1/rollouts', { signal })).rollouts;
}

/** With what came of each camera. */
export async function fetchRollout(id: string, signal: AbortSignal): Promise<Rollout> {
  return dataOf(await client.GET('/api/v1/rollouts/{id}', { params: { path: { id } }, signal }));
}

export async function startRollout(release: string): Promise<void> {
  check(await client.POST('/api/v1/rollouts', { body: { release } }));
}

export async function advanceRollout(id: string): Promise<void> {
  check(await client.POST('/api/v1/rollouts/{id}/advance', { params: { path: { id } } }));
}

export async function haltRollout(id: string): Promise<void> {
  check(await client.POST('/api/v1/rollouts/{id}/halt', { params: { path: { id } } }));
}
