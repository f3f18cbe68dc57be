// What the map of the cameras is drawn on.
import { client, dataOf } from './http';
import type { paths } from './schema.gen';

export type MapFacts = paths['/api/v1/map']['get']['responses']['200']['content']['application/json'];

export async function fetchMap(signal: AbortSignal): Promise<MapFacts> {
  return dataOf(await client.GET('/api/v1/map', { signal }));
}
