// What needed somebody: of cameras, and of the server itself.
import { client, dataOf } from './http';
import type { components } from './schema.gen';

export type Alert = components['schemas']['Alert'];
export type AlertKind = components['schemas']['AlertKind'];
export type AlertPage = components['schemas']['AlertPage'];

export interface AlertQuery {
  /** True: those that are not over; false: those that are; missing: both. */
  open?: boolean;
  camera?: string;
  limit?: number;
  /** The `next` of the page before. */
  before?: string;
}

/** Newest first. */
export async function fetchAlerts(query: AlertQuery, signal: AbortSignal): Promise<AlertPage> {
  return dataOf(await client.GET('/api/v1/alerts', { params: { query }, signal }));
}
