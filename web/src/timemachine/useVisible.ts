import { useEffect, useState, type RefObject } from 'react';

// Half a screen more on both sides, so that what is scrolled to is there.
const AROUND = '0px 50%';

/** Which children of a box that scrolls are in view, by `data-slot`; once seen, they stay. */
export function useVisible(box: RefObject<HTMLElement | null>, count: number): ReadonlySet<number> {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const root = box.current;
    if (!root) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const added = entries
          .filter(({ isIntersecting }) => isIntersecting)
          .map(({ target }) => Number((target as HTMLElement).dataset.slot));
        if (added.length > 0) setSeen((before) => new Set([...before, ...added]));
      },
      { root, rootMargin: AROUND },
    );
    for (const child of root.children) observer.observe(child);
    return () => observer.disconnect();
  }, [box, count]);
  return seen;
}
