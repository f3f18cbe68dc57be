// What the service worker answers itself, and what it keeps its hands off. Pure.

/**
 * shell: the page, from the server; without a connection the one that is kept. piece: a file whose name changes with its
 * content, so a kept one is as good. untouched: everything else. What the API says and what pictures show belongs to
 * whoever is signed in now: it never passes here, and is never kept.
 */
export type Answering = 'shell' | 'piece' | 'untouched';

interface Asked {
  method: string;
  mode: string;
  url: string;
}

const SHELL_PATH = '/';
const PIECES_PATH = '/assets/';

export function answeringOf({ method, mode, url }: Asked, origin: string): Answering {
  const { pathname, origin: of } = new URL(url);
  if (method !== 'GET' || of !== origin) return 'untouched';
  if (mode === 'navigate') return pathname === SHELL_PATH ? 'shell' : 'untouched';
  return pathname.startsWith(PIECES_PATH) ? 'piece' : 'untouched';
}
