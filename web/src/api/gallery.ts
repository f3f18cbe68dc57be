// What the gallery asks of the server: cameras and their pictures.
import { client, dataOf } from './http';
import type { components } from './schema.gen';

export type Camera = components['schemas']['Camera'];
/** What the pictures' own parts of a page want of it. */
export type ShownCamera = Pick<Camera, 'name' | 'last_image'>;
export type Image = components['schemas']['Image'];
export type ImageDetail = components['schemas']['ImageDetail'];
export type ImagePage = components['schemas']['ImagePage'];
export type Histogram = components['schemas']['Histogram'];
export type Telemetry = components['schemas']['Telemetry'];

/** A span of time, in milliseconds since 1970 UTC: `from` inclusive, `to` exclusive. */
export interface ImageQuery {
  camera: string | undefined;
  from: number;
  to: number;
  limit: number;
  cursor: string | undefined;
}

export const CHANGES_URL = '/api/v1/changes';

// openapi-fetch leaves out what is undefined, but its types want the key gone.
function cameraFilter(camera: string | undefined): { camera?: string } {
  return camera === undefined ? {} : { camera };
}

export async function fetchCameras(signal: AbortSignal): Promise<Camera[]> {
  return dataOf(await client.GET('/api/v1/cameras', { signal })).cameras;
}

export async function fetchHistogram(camera: string | undefined, signal: AbortSignal): Promise<Histogram> {
  return dataOf(await client.GET('/api/v1/histogram', { params: { query: cameraFilter(camera) }, signal }));
}

export async function fetchImages(query: ImageQuery, signal: AbortSignal): Promise<ImagePage> {
  const { camera, cursor, ...span } = query;
  const params = { query: { ...span, ...cameraFilter(camera), ...(cursor === undefined ? {} : { cursor }) } };
  return dataOf(await client.GET('/api/v1/images', { params, signal }));
}

export async function fetchImage(id: string, signal: AbortSignal): Promise<ImageDetail> {
  return dataOf(await client.GET('/api/v1/images/{id}', { params: { path: { id } }, signal }));
}

export function thumbnailUrl(image: Image): string {
  return `/thumbnails/${image.filename}`;
}

export function originalUrl(image: Image): string {
  return `/uploads/${image.filename}`;
}
