import { useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from 'react';
import type { Image } from '../api/gallery';
import { usePicturePlaces } from '../gallery/places';
import { decodeFrame, type Quality } from './decode';
import { Frames } from './frames';
import { framesToHold, startAt, tick, type Run } from './player';

export interface PlayerState {
  /** The frame that is due; what is seen may be the one before, while it is on its way. */
  index: number;
  playing: boolean;
  skipped: number;
  /** The frame is not there yet. */
  waiting: boolean;
  failed: boolean;
}

export interface PlayerOptions {
  speed: number;
  loop: boolean;
  quality: Quality;
}

/** Plays pictures on a canvas. */
export function usePlayer(
  canvas: RefObject<HTMLCanvasElement | null>,
  images: readonly Image[],
  { speed, loop, quality }: PlayerOptions,
) {
  const places = usePicturePlaces();
  const [index, setIndex] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [skipped, setSkipped] = useState(0);
  const [, setArrivals] = useState(0);
  const run = useRef<Run>(startAt(0, 0));
  const count = images.length;

  const frames = useMemo(
    () =>
      new Frames<ImageBitmap>(
        async (i, signal) => {
          const image = images[i];
          if (!image) throw new Error(`There is no frame ${i}.`);
          return decodeFrame(image, places, quality, signal);
        },
        () => setArrivals((before) => before + 1),
      ),
    [images, places, quality],
  );
  useEffect(() => () => frames.dispose(), [frames]);
  useEffect(() => frames.hold(framesToHold(index, count, loop)), [frames, index, count, loop]);

  const readiness = frames.readiness(index);
  useEffect(() => {
    const picture = frames.get(index);
    const shown = canvas.current;
    if (!picture || !shown) return;
    shown.width = picture.width;
    shown.height = picture.height;
    shown.getContext('2d')?.drawImage(picture, 0, 0);
    // Drawn again when it is there: hence `readiness`.
  }, [canvas, frames, index, readiness]);

  const advance = useEffectEvent((now: number) => {
    const next = tick(run.current, now, { count, speed, loop, readiness: (i) => frames.readiness(i) });
    run.current = next.run;
    if (next.skipped > 0) setSkipped((before) => before + next.skipped);
    setIndex(next.run.at % count);
    if (next.ended) setPlaying(false);
  });
  useEffect(() => {
    if (!playing) return undefined;
    let frame = requestAnimationFrame(function step(now) {
      advance(now);
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  // Another speed holds from the frame that is seen.
  const restart = useEffectEvent(() => (run.current = startAt(index, performance.now())));
  useEffect(() => void restart(), [speed, loop, playing]);

  const go = (to: number) => {
    const bounded = Math.min(Math.max(to, 0), count - 1);
    run.current = startAt(bounded, performance.now());
    setIndex(bounded);
  };
  const state: PlayerState = {
    index,
    playing,
    skipped,
    waiting: readiness === 'waiting',
    failed: readiness === 'failed',
  };
  return {
    state,
    go,
    pause: () => setPlaying(false),
    toggle: () => {
      // From its end it begins anew.
      if (!playing && !loop && index === count - 1) go(0);
      if (!playing) setSkipped(0);
      setPlaying(!playing);
    },
  };
}
