// Programs for cameras: what administrators ask about them.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Release = components['schemas']['Release'];
export type Rollout = components['schemas']['Rollout'];

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

export async function fetchRollouts(signal: AbortSignal): Promise<Rollout[]> {
  return dataOf(await client.GET('/api/v1/rollouts', { signal })).rollouts;
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
