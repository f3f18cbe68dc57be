// What an administrator asks about cameras: adding them, their keys, and what those may be used for.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type CameraKey = components['schemas']['CameraKey'];
export type CameraChange = components['schemas']['CameraChange'];

export interface WaitingCamera {
  model: string;
  address: string;
  announced_at: number;
}

export async function addCamera(name: string): Promise<CameraKey> {
  return dataOf(await client.POST('/api/v1/cameras', { body: { name } }));
}

/** By the code that it shows. */
export async function claimCamera(code: string, name: string): Promise<void> {
  check(await client.POST('/api/v1/claims', { body: { code, name } }));
}

export async function fetchWaiting(signal: AbortSignal): Promise<WaitingCamera[]> {
  return dataOf(await client.GET('/api/v1/claims', { signal })).claims;
}

/** A table with their keys. All of them are added, or none. */
export async function importCameras(table: string): Promise<string> {
  return dataOf(
    await client.POST('/api/v1/cameras/import', {
      body: table,
      bodySerializer: (text) => text,
      headers: { 'Content-Type': 'text/csv' },
      parseAs: 'text',
    }),
  );
}

export async function changeCamera(id: string, change: CameraChange): Promise<void> {
  check(await client.PATCH('/api/v1/cameras/{id}', { params: { path: { id } }, body: change }));
}

/** A new key; the old one works for so many seconds more. */
export async function rotateKey(id: string, overlap_s: number): Promise<CameraKey> {
  return dataOf(
    await client.POST('/api/v1/cameras/{id}/key', { params: { path: { id } }, body: { overlap_s } }),
  );
}

export async function removeCamera(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/cameras/{id}', { params: { path: { id } } }));
}
