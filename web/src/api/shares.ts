// Links that show pictures to strangers: what those who make them ask.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Share = components['schemas']['Share'];
export type NewShare = components['schemas']['NewShare'];
export type ShareInput = components['schemas']['ShareInput'];
export type ShareKind = components['schemas']['ShareKind'];

export async function fetchShares(signal: AbortSignal): Promise<Share[]> {
  return dataOf(await client.GET('/api/v1/shares', { signal })).shares;
}

export async function makeShare(share: ShareInput): Promise<NewShare> {
  return dataOf(await client.POST('/api/v1/shares', { body: share }));
}

export async function deleteShare(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/shares/{id}', { params: { path: { id } } }));
}
