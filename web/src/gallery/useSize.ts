import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Size {
  width: number;
  height: number;
}

const UNKNOWN: Size = { width: 0, height: 0 };

/** The inner size of an element, without its padding; until it is on the page what is `expected`, or zero. */
export function useSize(element: RefObject<HTMLElement | null>, expected?: () => Size | undefined): Size {
  const [size, setSize] = useState(() => expected?.() ?? UNKNOWN);
  useLayoutEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
