// By which clock a camera's pictures are read. The server counts in UTC and knows no zone of a camera; whoever looks at
// one in another country says where it stands, and this browser remembers it.
import { useState } from 'react';
import { keep, kept } from '../ui/kept';
import { readerZone } from './zone';

const keyOf = (camera: string) => `heliograph.zone.${camera}`;

export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The reader's own, until another is chosen. */
export function cameraZone(camera: string | undefined): string {
  const zone = camera === undefined ? undefined : kept(keyOf(camera));
  return zone !== undefined && isZone(zone) ? zone : readerZone();
}

export function useCameraZone(camera: string): [string, (zone: string) => void] {
  const [, setChosen] = useState<string>();
  return [
    cameraZone(camera),
    (zone) => {
      keep(keyOf(camera), zone === readerZone() ? undefined : zone);
      setChosen(zone);
    },
  ];
}

/** Every zone that can be chosen, by name; `also` is among them whatever the browser lists. */
export function zonesWith(also: string): string[] {
  return [...new Set(['UTC', readerZone(), also, ...Intl.supportedValuesOf('timeZone')])].sort();
}
