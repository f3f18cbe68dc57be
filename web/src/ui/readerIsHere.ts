// For what the first view does not need, but should be there before it is asked for.

// A finger gives no sign before it touches.
const AFTER_MS = 5_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Calls `prepare` once, when the reader first stirs, or a few seconds later; returns how to stop that. */
export function whenReaderIsHere(prepare: () => void): () => void {
  const over = new AbortController();
  const begin = () => {
    stop();
    prepare();
  };
  const timer = setTimeout(begin, AFTER_MS);
  const stop = () => {
    clearTimeout(timer);
    over.abort();
  };
  for (const sign of SIGNS) window.addEventListener(sign, begin, { signal: over.signal, passive: true });
  return stop;
}
