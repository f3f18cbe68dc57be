// Where pictures stand, and what is asked for first, for programs that do not have the client.

/** The newest pictures, asked for beside the counts and not after them: more than a first screen shows. */
export const NEWEST_COUNT = 100;

export const SESSION_PATH = '/api/v1/session';
export const CAMERAS_PATH = '/api/v1/cameras';

/** Of one camera, or of all. As the client writes it: what is written otherwise is another question. */
export function countsPath(camera: string | undefined): string {
  return `/api/v1/histogram${camera === undefined ? '' : `?${ofCamera(camera)}`}`;
}

export function newestPath(camera: string | undefined): string {
  return `/api/v1/images?${camera === undefined ? '' : `${ofCamera(camera)}&`}limit=${NEWEST_COUNT}`;
}

function ofCamera(camera: string): string {
  return `camera=${encodeURIComponent(camera)}`;
}

/** Every camera at a glance; `since`: when the reader's day began. */
export function fleetPath(since: number): string {
  return `/api/v1/fleet?since=${since}`;
}

export function thumbnailPath(filename: string): string {
  return `/thumbnails/${filename}`;
}
