import { useState } from 'react';
import { keep, kept } from '../ui/kept';
import { areAsTaken, readAdjustments, type Adjustments } from './adjustments';

const keyOf = (camera: string) => `heliograph.adjust.${camera}`;

export interface AllAdjustments {
  of: (camera: string) => Adjustments;
  change: (camera: string, adjustments: Adjustments) => void;
}

/** How each camera's pictures are looked at; remembered by this browser. */
export function useAdjustments(): AllAdjustments {
  const [changed, setChanged] = useState<ReadonlyMap<string, Adjustments>>(new Map());
  return {
    of: (camera) => changed.get(camera) ?? readAdjustments(kept(keyOf(camera))),
    change: (camera, adjustments) => {
      keep(keyOf(camera), areAsTaken(adjustments) ? undefined : JSON.stringify(adjustments));
      setChanged((before) => new Map(before).set(camera, adjustments));
    },
  };
}
