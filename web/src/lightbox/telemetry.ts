// What a camera told of itself with a picture, in the words and units of a person.
import type { Telemetry } from '../api/gallery';
import { signedWords } from '../time/words';

export type FactKind = 'battery' | 'signal' | 'temperature' | 'place';

export interface Fact {
  readonly kind: FactKind;
  readonly name: string;
  readonly value: string;
  readonly link?: string;
}

export function telemetryFacts(telemetry: Telemetry): Fact[] {
  const { battery_mv, rssi_dbm, temperature_mc, lat_e7, lon_e7 } = telemetry;
  const facts: Fact[] = [];
  if (battery_mv !== undefined) {
    facts.push({ kind: 'battery', name: 'Battery', value: `${(battery_mv / 1000).toFixed(2)} V` });
  }
  if (rssi_dbm !== undefined) {
    facts.push({ kind: 'signal', name: 'Signal', value: `${signedWords(rssi_dbm, 0)} dBm` });
  }
  if (temperature_mc !== undefined) {
    facts.push({
      kind: 'temperature',
      name: 'Temperature',
      value: `${signedWords(temperature_mc / 1000, 1)} °C`,
    });
  }
  if (lat_e7 !== undefined && lon_e7 !== undefined) {
    // Five digits are a metre, as good as any receiver on a camera.
    const lat = lat_e7 / 1e7;
    const lon = lon_e7 / 1e7;
    facts.push({
      kind: 'place',
      name: 'Place',
      value: `${signedWords(lat, 5)}, ${signedWords(lon, 5)}`,
      link: `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`,
    });
  }
  return facts;
}
