// Every camera at a glance, in one answer.
import { knownAnswer } from '../early/answers';
import { check, client, dataOf } from './http';
import { fleetPath } from './paths';
import type { components } from './schema.gen';

export type CameraHealth = components['schemas']['CameraHealth'];
export type FleetCamera = components['schemas']['FleetCamera'];
export type ProblemKind = components['schemas']['CameraProblem'];
export type Place = components['schemas']['Place'];

/** `since`: when the reader's day began. */
export async function fetchFleet(since: number, signal: AbortSignal): Promise<FleetCamera[]> {
  return dataOf(await client.GET('/api/v1/fleet', { params: { query: { since } }, signal })).cameras;
}

/** The same, where it was answered before the program was there. */
export function knownFleet(since: number): FleetCamera[] | undefined {
  return (knownAnswer(fleetPath(since)) as { cameras: FleetCamera[] } | undefined)?.cameras;
}

/** How a camera is, by what its pictures tell. */
export async function fetchHealth(id: string, signal: AbortSignal): Promise<CameraHealth> {
  return dataOf(await client.GET('/api/v1/cameras/{id}/health', { params: { path: { id } }, signal }));
}

/** Puts a camera on the map; 1e-7 degrees, WGS 84. */
export async function placeCamera(
  id: string,
  { lat_e7, lon_e7 }: Pick<Place, 'lat_e7' | 'lon_e7'>,
): Promise<void> {
  const body = { lat_e7, lon_e7 };
  check(await client.PUT('/api/v1/cameras/{id}/place', { params: { path: { id } }, body }));
}

/** It stands where it tells, if it does. */
export async function unplaceCamera(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/cameras/{id}/place', { params: { path: { id } } }));
}
