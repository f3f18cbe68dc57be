// Where somebody puts a camera, from what they drag or type. Pure.
import type { Place } from '../api/fleet';

export type Spot = Readonly<Record<'lat' | 'lon', number>>;

const E7 = 1e7;
const MAX_LAT = 90;
const MAX_LON = 180;
// A metre, about: as exactly as a pin is dragged.
const DIGITS = 5;

/** As the server takes it. The map goes round the world, degrees of longitude do not. */
export function placeOf({ lat, lon }: Spot): Pick<Place, 'lat_e7' | 'lon_e7'> {
  const around = ((((lon + MAX_LON) % 360) + 360) % 360) - MAX_LON;
  const within = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
  return { lat_e7: Math.round(within * E7), lon_e7: Math.round(around * E7) };
}

export function spotOf({ lat_e7, lon_e7 }: Pick<Place, 'lat_e7' | 'lon_e7'>): Spot {
  return { lat: lat_e7 / E7, lon: lon_e7 / E7 };
}

/** "46.4530° N, 11.2580° E" */
export function placeWords(lat: number, lon: number): string {
  const side = (value: number, plus: string, minus: string, digits: number) =>
    `${Math.abs(value).toFixed(digits)}° ${value < 0 ? minus : plus}`;
  return `${side(lat, 'N', 'S', 4)}, ${side(lon, 'E', 'W', 4)}`;
}

/** As it stands in a field. */
export function degreesWords(degrees: number): string {
  return String(Number(degrees.toFixed(DIGITS)));
}

/** Undefined: that is no latitude, or longitude. A comma is as good as a point. */
export function readDegrees(text: string, of: keyof Spot): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (!/^[-+]?\d{1,3}(\.\d+)?$/.test(trimmed)) return undefined;
  const degrees = Number(trimmed);
  return Math.abs(degrees) <= (of === 'lat' ? MAX_LAT : MAX_LON) ? degrees : undefined;
}
