// What a camera sent that was refused as a picture.
import { ApiError, check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Quarantined = components['schemas']['Quarantined'];
export type QuarantinePage = components['schemas']['QuarantinePage'];

/** Newest first. */
export async function fetchQuarantine(
  camera: string,
  limit: number,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<QuarantinePage> {
  const params = { path: { id: camera }, query: { limit, ...(cursor === undefined ? {} : { cursor }) } };
  return dataOf(await client.GET('/api/v1/cameras/{id}/quarantine', { params, signal }));
}

export async function deleteQuarantined(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/quarantine/{id}', { params: { path: { id } } }));
}

/** Where a browser saves them from; it never shows them. */
export function quarantineUrl(id: string): string {
  return `/api/v1/quarantine/${id}/bytes`;
}

/** So many of the first bytes, or all there are. */
export async function fetchFirstBytes(id: string, count: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await client.GET('/api/v1/quarantine/{id}/bytes', {
    params: { path: { id } },
    headers: { Range: `bytes=0-${count - 1}` },
    parseAs: 'arrayBuffer',
    signal,
  });
  // Nothing can be asked of nothing.
  if (answer.response.status === 416) return new Uint8Array();
  const bytes: unknown = dataOf(answer);
  if (!(bytes instanceof ArrayBuffer)) throw new ApiError(answer.response.status, 'no bytes came');
  return new Uint8Array(bytes).subarray(0, count);
}
