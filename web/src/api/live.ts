// Cameras as they are now.

/** Of the socket that carries every live picture of a page. */
export const LIVE_PATH = '/api/v1/live';
