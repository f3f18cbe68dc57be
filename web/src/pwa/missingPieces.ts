// A page that was open when its server was upgraded asks for pieces that are gone: it is loaded again, once.

const STORAGE_KEY = 'heliograph.reloaded-at';
// If that did not help, the reader is told, and not sent round in circles.
const ONCE_IN_MS = 60_000;

export function reloadWhenPiecesAreGone(): void {
  window.addEventListener('vite:preloadError', () => void reloadOnce());
}

async function reloadOnce(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(STORAGE_KEY)) < ONCE_IN_MS) return;
  // A server that is away has lost no piece: what is loaded is all that there is of the page until it is back.
  const there = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  if (!there?.ok) return;
  sessionStorage.setItem(STORAGE_KEY, String(Date.now()));
  window.location.reload();
}
