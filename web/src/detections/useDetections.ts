import { useState } from 'react';
import type { Detection } from '../api/gallery';
import { useImageDetail } from '../lightbox/useOpened';
import { keep, kept } from '../ui/kept';

const HIDDEN_KEY = 'heliograph.boxes';
const NONE: readonly Detection[] = [];

export interface ShownDetections {
  /** Those of the picture that have a place in it. */
  placed: readonly Detection[];
  shown: boolean;
  toggle: () => void;
}

/** What was found in a picture, and whether it is drawn over it, which this browser remembers. */
export function useDetections(image: string | undefined): ShownDetections {
  const { data: detail } = useImageDetail(image);
  const [shown, setShown] = useState(() => kept(HIDDEN_KEY) === undefined);
  return {
    placed: detail?.detections.filter(({ box }) => box !== null) ?? NONE,
    shown,
    toggle: () => {
      keep(HIDDEN_KEY, shown ? 'hidden' : undefined);
      setShown(!shown);
    },
  };
}
