// Tables of what the server knows, for spreadsheets and programs.
import { createQuerySerializer } from 'openapi-fetch';
import type { FilterQuery } from './gallery';
import { client, dataOf } from './http';

export type TableFormat = 'csv' | 'json';

const queryText = createQuerySerializer();

/** Of everything that a filter leaves. */
export function imagesExportUrl(query: FilterQuery, format: TableFormat): string {
  return `/api/v1/exports/images?${queryText({ ...query, format })}`;
}

/** Of a span of time, in milliseconds since 1970; as fine as it is kept. */
export function telemetryExportUrl(camera: string, from: number, to: number, format: TableFormat): string {
  return `/api/v1/cameras/${camera}/telemetry/export?${queryText({ from, to, format })}`;
}

/** Of images that are named: to as many no address leads. */
export async function exportImages(images: readonly string[], format: TableFormat): Promise<Blob> {
  return dataOf(
    await client.POST('/api/v1/exports/images', {
      params: { query: { format } },
      body: { images: [...images] },
      parseAs: 'blob',
    }),
  );
}
