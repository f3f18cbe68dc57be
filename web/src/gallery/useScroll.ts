import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Image } from '../api/gallery';
import type { Album } from './album';
import { picturesInView, topOf, type GridLayout } from './layout';
import { NO_SCROLL, movedTo, resized, scrolled, type ScrollMap } from './scrollMap';

// Air below the oldest picture.
const BOTTOM_SPACE_PX = 48;

/** What the reader looks at: the first picture in view, and how far its row is scrolled out. */
interface Place {
  index: number;
  image: Image | undefined;
  offset: number;
}

export interface Scroll {
  map: ScrollMap;
  onScroll: () => void;
  moveTo: (virtualTop: number) => void;
}

/**
 * Ties the scroll map to the browser's scroll box. When the layout changes (another width, pictures gone or found
 * above), the reader keeps looking at the same picture.
 */
export function useScroll(
  box: RefObject<HTMLElement | null>,
  album: Album,
  layout: GridLayout,
  viewHeight: number,
): Scroll {
  const height = layout.height + BOTTOM_SPACE_PX;
  const [map, setMap] = useState(() => resized(NO_SCROLL, height, viewHeight));
  const truth = useRef(map);
  const place = useRef<Place | undefined>(undefined);
  // Set when we, not the browser, moved the box; written back only once the new height is on the page.
  const boxIsBehind = useRef(false);

  const apply = useCallback((next: ScrollMap, byBrowser: boolean) => {
    if (!byBrowser && next.boxTop !== truth.current.boxTop) boxIsBehind.current = true;
    truth.current = next;
    setMap(next);
  }, []);

  useLayoutEffect(() => {
    const before = truth.current;
    const isSame = before.virtualHeight === height && before.viewHeight === viewHeight;
    let next = isSame ? before : resized(before, height, viewHeight);
    if (place.current && before.virtualTop > 0) {
      const { image, index, offset } = place.current;
      next = movedTo(next, topOf(layout, (image && album.indexOf(image)) ?? index) + offset);
    }
    apply(next, false);
  }, [album, layout, height, viewHeight, apply]);

  useLayoutEffect(() => {
    if (map !== truth.current) return;
    if (boxIsBehind.current && box.current) {
      box.current.scrollTo(0, map.boxTop);
      boxIsBehind.current = false;
    }
    const index = picturesInView(layout, map.virtualTop, map.virtualTop + viewHeight)?.first;
    place.current =
      index === undefined
        ? undefined
        : { index, image: album.at(index), offset: map.virtualTop - topOf(layout, index) };
  });

  const onScroll = useCallback(() => {
    if (!box.current) return;
    const boxTop = box.current.scrollTop;
    const next = scrolled(truth.current, boxTop);
    apply(next, next.boxTop === boxTop);
  }, [box, apply]);

  const moveTo = useCallback(
    (virtualTop: number) => apply(movedTo(truth.current, virtualTop), false),
    [apply],
  );

  return { map, onScroll, moveTo };
}
