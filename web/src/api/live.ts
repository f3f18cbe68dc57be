// Cameras as they are now.
import { client, dataOf } from './http';
import type { components } from './schema.gen';

export type Snapshot = components['schemas']['Snapshot'];

/** Of the socket that carries every live picture of a page. */
export const LIVE_PATH = '/api/v1/live';

/** Stores the picture of that name, while the server still has it. */
export async function keepLivePicture(camera: string, frame: string): Promise<Snapshot> {
  const path = { id: camera };
  return dataOf(await client.POST('/api/v1/cameras/{id}/snapshots', { params: { path }, body: { frame } }));
}
