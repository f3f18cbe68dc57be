import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Image } from '../api/gallery';
import type { Album } from './album';
import type { Position } from './position';

/**
 * Where the reader of an album is, and what they asked to open: a picture that is not known yet opens as soon as it
 * is, unless they have gone on to another one meanwhile.
 */
export function useReader(album: Pick<Album, 'at' | 'subscribe'>, onOpen: (image: Image) => void) {
  const [position, setPosition] = useState<Position>({ index: 0, image: undefined });
  const awaited = useRef<number>(undefined);

  const openAwaited = useEffectEvent(() => {
    const index = awaited.current;
    const image = index === undefined ? undefined : album.at(index);
    if (index === undefined || !image) return;
    awaited.current = undefined;
    setPosition({ index, image });
    onOpen(image);
  });
  useEffect(() => album.subscribe(() => openAwaited()), [album]);

  const moveTo = useCallback((next: Position) => {
    awaited.current = undefined;
    setPosition(next);
  }, []);
  const openAt = useCallback(
    (next: Position) => {
      moveTo(next);
      if (next.image) onOpen(next.image);
      else awaited.current = next.index;
    },
    [moveTo, onOpen],
  );
  return { position, moveTo, openAt };
}
