import { useMemo } from 'react';
import type { Camera } from '../api/gallery';
import { useToday } from '../gallery/useToday';
import { cameraZone, isZone, useCameraZone } from '../time/cameraZone';
import { zoneOffsets, type DayNumber, type OffsetAt } from '../time/zone';
import type { TimeParams } from './address';
import { MAX_DAYS, readDay } from './days';

// A month: what somebody who looks for a change begins with.
const USUAL_DAYS = 30;

export interface Span {
  camera: Camera | undefined;
  zone: string;
  offsetAt: OffsetAt;
  first: DayNumber;
  last: DayNumber;
  /** More days were asked for than are shown at once: these are the latest. */
  cut: boolean;
  keepZone: (zone: string) => void;
}

/** Which camera and which days the address asks for; where it says nothing, the first camera and the last month. */
export function useSpan(params: TimeParams, cameras: readonly Camera[]): Span {
  const camera =
    params.camera === undefined
      ? (cameras.find(({ last_image }) => last_image !== null) ?? cameras[0])
      : cameras.find(({ id }) => id === params.camera);
  const [, keepZone] = useCameraZone(camera?.id ?? '');
  const zone = params.zone !== undefined && isZone(params.zone) ? params.zone : cameraZone(camera?.id);
  const offsetAt = useMemo(() => zoneOffsets(zone), [zone]);
  const today = useToday(offsetAt);
  const to = readDay(params.to) ?? today;
  const from = readDay(params.from) ?? to - USUAL_DAYS + 1;
  const last = Math.max(from, to);
  const first = Math.min(from, to);
  const cut = last - first >= MAX_DAYS;
  return { camera, zone, offsetAt, first: cut ? last - MAX_DAYS + 1 : first, last, cut, keepZone };
}
