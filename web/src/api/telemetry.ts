// What cameras measured over time, and their logs.
import { client, dataOf } from './http';
import type { components, paths } from './schema.gen';

export type Telemetry = components['schemas']['Telemetry'];
type TelemetryAnswer =
  paths['/api/v1/cameras/{id}/telemetry']['get']['responses']['200']['content']['application/json'];
export type TelemetrySpan = TelemetryAnswer['spans'][number];

/** Of a camera, from then until `to` or now; in spans of so many milliseconds, or as the server thinks fit. */
export async function fetchTelemetry(
  id: string,
  from: number,
  signal: AbortSignal,
  step?: number,
  to?: number,
): Promise<TelemetryAnswer> {
  const query = { from, ...(step === undefined ? {} : { step }), ...(to === undefined ? {} : { to }) };
  const params = { path: { id }, query };
  return dataOf(await client.GET('/api/v1/cameras/{id}/telemetry', { params, signal }));
}

/** The last lines that a camera sent of its own log; it sends them when it is told to. */
export async function fetchLog(id: string, signal: AbortSignal): Promise<string> {
  const params = { path: { id } };
  const answer = await client.GET('/api/v1/cameras/{id}/log', { params, signal, parseAs: 'text' });
  return dataOf(answer);
}
