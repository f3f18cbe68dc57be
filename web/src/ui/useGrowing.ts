import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';

interface Steps {
  first: number;
  more: number;
}

// Somebody who scrolls on finds what comes next already there.
const LOOK_AHEAD_PX = 600;

/**
 * How many of a long list are drawn: at first those that a screen has room for, and more before its end comes into view.
 * `end` belongs on something behind the last, which is there as long as there are more.
 */
export function useGrowing<T extends Element>(
  total: number,
  { first, more }: Steps,
): { count: number; end: RefObject<T | null> } {
  const end = useRef<T>(null);
  const [drawn, setDrawn] = useState(first);
  const count = Math.min(drawn, total);
  useEffect(() => {
    if (count === total || !end.current) return undefined;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) startTransition(() => setDrawn(count + more));
      },
      { root: scrollBoxOf(end.current), rootMargin: `${LOOK_AHEAD_PX}px` },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [count, more, total]);
  return { count, end };
}

function scrollBoxOf(element: Element): Element | null {
  for (let box = element.parentElement; box; box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    if ([overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll')) return box;
  }
  return null;
}
