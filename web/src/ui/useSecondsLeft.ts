import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/** Counts down from so many seconds to 0. Begins again only where it is mounted again. */
export function useSecondsLeft(wait_s: number): number {
  const [end] = useState(() => Date.now() + wait_s * SECOND_MS);
  const [left, setLeft] = useState(wait_s);
  useEffect(() => {
    if (left <= 0) return undefined;
    // By the clock: a tab in the background ticks late.
    const timer = setTimeout(
      () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / SECOND_MS))),
      SECOND_MS,
    );
    return () => clearTimeout(timer);
  }, [left, end]);
  return left;
}
