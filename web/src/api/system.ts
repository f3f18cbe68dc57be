// How the server is.
import { client, dataOf } from './http';
import type { components } from './schema.gen';

export type System = components['schemas']['System'];

export async function fetchSystem(signal: AbortSignal): Promise<System> {
  return dataOf(await client.GET('/api/v1/system', { signal }));
}
