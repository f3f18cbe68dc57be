// For tests: a camera that is well, and whatever else is said of it.
import type { FleetCamera } from '../api/fleet';
import type { Camera } from '../api/gallery';

export function aCamera(name: string, more: Partial<Camera> = {}): Camera {
  return {
    id: name,
    name,
    created_at: 0,
    plain_http: false,
    may_roam: false,
    suspect_at: null,
    image_count: 0,
    presence: 'online',
    heard_at: null,
    due_at: null,
    last_image: null,
    ...more,
  };
}

export function aFleetCamera(camera: Camera, more: Partial<Omit<FleetCamera, 'camera'>> = {}): FleetCamera {
  return {
    camera,
    problems: [],
    last_refused_at: null,
    last_refusal: null,
    looks_alike: 0,
    frozen: false,
    clock_skew_ms: 900,
    battery_mv: null,
    rssi_dbm: null,
    spool: null,
    place: null,
    days: Array.from({ length: 14 }, () => 0),
    due: null,
    usual: null,
    ...more,
  };
}
