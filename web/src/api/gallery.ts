// What the gallery asks of the server: cameras and their pictures.
import { knownAnswer } from '../early/answers';
import { client, dataOf } from './http';
import { CAMERAS_PATH, countsPath, newestPath, thumbnailPath } from './paths';
import type { components, operations } from './schema.gen';

export type Camera = components['schemas']['Camera'];
/** What the pictures' own parts of a page want of it. */
export type ShownCamera = Pick<Camera, 'name' | 'last_image'>;
export type Image = components['schemas']['Image'];
export type Detection = components['schemas']['Detection'];
export type ImageDetail = components['schemas']['ImageDetail'];
export type ImagePage = components['schemas']['ImagePage'];
export type Histogram = components['schemas']['Histogram'];
export type Telemetry = components['schemas']['Telemetry'];

/** Which pictures, besides a span of time. */
export type FilterQuery = Omit<NonNullable<operations['getHistogram']['parameters']['query']>, 'from'>;

/** A span of time, in milliseconds since 1970 UTC: `from` inclusive, `to` exclusive. */
export interface ImageQuery extends FilterQuery {
  from: number;
  to: number;
  limit: number;
  cursor: string | undefined;
}

export const CHANGES_URL = '/api/v1/changes';

/** The cameras, where they were answered before the program was there. */
export function knownCameras(): Camera[] | undefined {
  return (knownAnswer(CAMERAS_PATH) as { cameras: Camera[] } | undefined)?.cameras;
}

/** The counts of one camera's pictures, or of all, and the newest of them; as knownCameras. */
export function knownCounts(camera: string | undefined): Histogram | undefined {
  return knownAnswer(countsPath(camera)) as Histogram | undefined;
}

export function knownNewest(camera: string | undefined): ImagePage | undefined {
  return knownAnswer(newestPath(camera)) as ImagePage | undefined;
}

export async function fetchCameras(signal: AbortSignal): Promise<Camera[]> {
  return dataOf(await client.GET('/api/v1/cameras', { signal })).cameras;
}

/** `from`: nothing before that; missing: of all times. */
export async function fetchHistogram(
  filter: FilterQuery,
  signal: AbortSignal,
  from?: number,
): Promise<Histogram> {
  const query = { ...filter, ...(from === undefined ? {} : { from }) };
  return dataOf(await client.GET('/api/v1/histogram', { params: { query }, signal }));
}

export async function fetchImages({ cursor, ...query }: ImageQuery, signal: AbortSignal): Promise<ImagePage> {
  // openapi-fetch leaves out what is undefined, but its types want the key gone.
  const params = { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } };
  return dataOf(await client.GET('/api/v1/images', { params, signal }));
}

export async function fetchNewest(
  query: FilterQuery & { limit: number },
  signal: AbortSignal,
): Promise<ImagePage> {
  return dataOf(await client.GET('/api/v1/images', { params: { query }, signal }));
}

export async function fetchImage(id: string, signal: AbortSignal): Promise<ImageDetail> {
  return dataOf(await client.GET('/api/v1/images/{id}', { params: { path: { id } }, signal }));
}

export function thumbnailUrl(image: Image): string {
  return thumbnailPath(image.filename);
}

export function originalUrl(image: Image): string {
  return `/uploads/${image.filename}`;
}
