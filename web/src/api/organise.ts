// What people do with many pictures: stars, tags, notes, the trash, archives; and what programs found in them.
import { client, dataOf } from './http';
import type { components } from './schema.gen';
import type { FilterQuery } from './gallery';

export type Outcome = components['schemas']['Outcome'];
export type TrashPage = components['schemas']['TrashPage'];
export type TrashedImage = components['schemas']['TrashedImage'];
export type ArchiveReady = components['schemas']['ArchiveReady'];
export type Emptied = components['schemas']['Emptied'];
export type LabelCount = components['schemas']['LabelList']['labels'][number];
export type TagCount = components['schemas']['TagList']['tags'][number];

/** The most that the server changes with one request. */
export const MAX_IMAGES_AT_ONCE = 500;

/** Sends more than that in parts, one after the other, and adds up what came of them. */
async function inParts(
  images: readonly string[],
  send: (images: string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const all: Outcome = { done: [], left: [] };
  for (let first = 0; first < images.length; first += MAX_IMAGES_AT_ONCE) {
    const part = await send(images.slice(first, first + MAX_IMAGES_AT_ONCE));
    all.done.push(...part.done);
    all.left.push(...part.left);
  }
  return all;
}

export function trashImages(images: readonly string[]): Promise<Outcome> {
  return inParts(images, async (part) =>
    dataOf(await client.POST('/api/v1/trash', { body: { images: part } })),
  );
}

export function restoreImages(images: readonly string[]): Promise<Outcome> {
  return inParts(images, async (part) =>
    dataOf(await client.POST('/api/v1/trash/restore', { body: { images: part } })),
  );
}

export function starImages(images: readonly string[], starred: boolean): Promise<Outcome> {
  return inParts(images, async (part) =>
    dataOf(await client.POST('/api/v1/stars', { body: { images: part, starred } })),
  );
}

export interface TagChange {
  add: string[];
  remove: string[];
}

export function tagImages(images: readonly string[], change: TagChange): Promise<Outcome> {
  return inParts(images, async (part) =>
    dataOf(await client.POST('/api/v1/tags', { body: { images: part, ...change } })),
  );
}

/** Returns the note as it is kept. */
export async function setNote(id: string, note: string): Promise<string> {
  const params = { path: { id } };
  return dataOf(await client.PUT('/api/v1/images/{id}/note', { params, body: { note } })).note;
}

export async function fetchTags(signal: AbortSignal): Promise<TagCount[]> {
  return dataOf(await client.GET('/api/v1/tags', { signal })).tags;
}

export async function fetchLabels(signal: AbortSignal): Promise<LabelCount[]> {
  return dataOf(await client.GET('/api/v1/labels', { signal })).labels;
}

export async function fetchTrash(cursor: string | undefined, signal: AbortSignal): Promise<TrashPage> {
  const params = { query: cursor === undefined ? {} : { cursor } };
  return dataOf(await client.GET('/api/v1/trash', { params, signal }));
}

export async function emptyTrash(): Promise<Emptied> {
  return dataOf(await client.DELETE('/api/v1/trash'));
}

export async function prepareArchive(images: readonly string[]): Promise<ArchiveReady> {
  return dataOf(await client.POST('/api/v1/archives', { body: { images: [...images] } }));
}

/** Of everything that a filter leaves. */
export async function prepareFilteredArchive(query: FilterQuery): Promise<ArchiveReady> {
  return dataOf(await client.POST('/api/v1/archives', { params: { query } }));
}
