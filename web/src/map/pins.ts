// Which camera stands where on the map, and which of them stand so close that they are one mark. Pure.
import Supercluster from 'supercluster';
import type { FleetCamera } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { spotOf } from './placing';

export interface Pin {
  camera: Camera;
  /** Degrees, WGS 84. */
  lat: number;
  lon: number;
  /** Somebody has put it there. */
  byHand: boolean;
}

export interface Cluster {
  lat: number;
  lon: number;
  /** One: a camera; more: those that stand here together. */
  pins: readonly Pin[];
  /** From which zoom on they fall apart; undefined: it is a single one. */
  opensAt: number | undefined;
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

// A mark is 44 pixels wide: closer than that they would lie on each other.
const CLUSTER_RADIUS_PX = 48;
export const MAX_ZOOM = 19;

/** Cameras that have a place, and those that have none; both by name. */
export function placed(fleet: readonly Pick<FleetCamera, 'camera' | 'place'>[]): {
  pins: Pin[];
  unplaced: Camera[];
} {
  const pins: Pin[] = [];
  const unplaced: Camera[] = [];
  for (const { camera, place } of fleet) {
    if (place) pins.push({ camera, ...spotOf(place), byHand: place.by_hand });
    else unplaced.push(camera);
  }
  return { pins, unplaced };
}

export type PinIndex = Supercluster<{ at: number }>;

export function indexOf(pins: readonly Pin[]): PinIndex {
  // Of the last zoom too: cameras on one mast are one mark, however close somebody looks.
  const index = new Supercluster<{ at: number }>({
    radius: CLUSTER_RADIUS_PX,
    extent: 256,
    maxZoom: MAX_ZOOM,
  });
  index.load(
    pins.map(({ lat, lon }, at) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { at },
    })),
  );
  return index;
}

/** What is to be drawn in these bounds. `pins`: those that the index was made of. */
export function clustersIn(
  index: PinIndex,
  pins: readonly Pin[],
  [west, south, east, north]: Bounds,
  zoom: number,
): Cluster[] {
  return index.getClusters([west, south, east, north], zoom).map((feature) => {
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const { properties } = feature;
    if (!('cluster' in properties))
      return { lat, lon, pins: pins.slice(properties.at, properties.at + 1), opensAt: undefined };
    const { cluster_id: id } = properties;
    const within = index.getLeaves(id, Infinity).flatMap((leaf) => pins[leaf.properties.at] ?? []);
    return { lat, lon, pins: within, opensAt: index.getClusterExpansionZoom(id) };
  });
}

const PRESENCES = ['silent', 'late', 'unknown', 'asleep', 'online'] as const;

/** The worst of those that stand together: a silent camera must not hide behind its neighbours. */
export function worstPresence(pins: readonly Pin[]): Camera['presence'] {
  return PRESENCES.find((presence) => pins.some(({ camera }) => camera.presence === presence)) ?? 'unknown';
}
