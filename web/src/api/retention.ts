// What room there is, how long pictures are kept, and what would go.
import { check, client, dataOf } from './http';
import type { components, paths } from './schema.gen';

export type Storage = components['schemas']['Storage'];
export type RetentionRule = components['schemas']['RetentionRule'];
export type RetentionPreview = components['schemas']['RetentionPreview'];
export type Retention = paths['/api/v1/retention']['get']['responses']['200']['content']['application/json'];

export async function fetchStorage(signal: AbortSignal): Promise<Storage> {
  return dataOf(await client.GET('/api/v1/storage', { signal }));
}

export async function fetchRetention(signal: AbortSignal): Promise<Retention> {
  return dataOf(await client.GET('/api/v1/retention', { signal }));
}

/** What would go now, if that were the rule: of a camera, or the common one. */
export async function previewRule(
  camera: string | undefined,
  rule: RetentionRule,
  signal: AbortSignal,
): Promise<RetentionPreview> {
  const query = camera === undefined ? {} : { camera };
  return dataOf(await client.POST('/api/v1/retention/preview', { params: { query }, body: rule, signal }));
}

export async function setRule(camera: string | undefined, rule: RetentionRule): Promise<void> {
  if (camera === undefined) check(await client.PUT('/api/v1/retention', { body: rule }));
  else check(await client.PUT('/api/v1/retention/{camera}', { params: { path: { camera } }, body: rule }));
}

export async function clearRule(camera: string | undefined): Promise<void> {
  if (camera === undefined) check(await client.DELETE('/api/v1/retention'));
  else check(await client.DELETE('/api/v1/retention/{camera}', { params: { path: { camera } } }));
}
