import { useCallback, useEffect, useReducer, useRef, type RefObject } from 'react';
import type { LiveFrame } from './frame';
import { nextView, NOTHING_YET, type LiveView } from './view';
import type { LiveSocket, LiveWatch } from './liveSocket';

// What a person sees as moving, and a camera on LTE can carry.
export const SMOOTH_FPS = 10;
// Pixels: more is not seen in a page, and costs the camera's uplink.
const MAX_WIDTH = 1_600;

interface LivePicture {
  view: LiveView;
  /** From now on one picture in so many seconds is stored; 0: none. */
  keepEvery: (seconds: number) => void;
}

/** A camera on a canvas, as it is now, for as long as the page is seen; `fps` pictures a second at most. */
export function useLivePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  socket: LiveSocket,
  camera: string,
  fps: number,
): LivePicture {
  const [view, tell] = useReducer(nextView, NOTHING_YET);
  const watching = useRef<LiveWatch>(null);

  useEffect(() => {
    let ended = false;
    let drawing = false;
    let newest: LiveFrame | undefined;
    // One at a time, and then the newest: a slow screen falls behind in pictures, not in time.
    async function draw(): Promise<void> {
      drawing = true;
      for (let frame = newest; frame && !ended; frame = newest) {
        newest = undefined;
        const picture = await createImageBitmap(new Blob([frame.jpeg], { type: 'image/jpeg' })).catch(
          () => undefined,
        );
        const shown = canvas.current;
        if (!picture || !shown) continue;
        shown.width = picture.width;
        shown.height = picture.height;
        shown.getContext('2d')?.drawImage(picture, 0, 0);
        picture.close();
        tell({ type: 'shown', frame, now: Date.now() });
      }
      drawing = false;
    }
    // A canvas that waits for its first picture may have no width of its own yet.
    const own = canvas.current?.clientWidth ?? 0;
    const room = own > 0 ? own : window.innerWidth;
    const width = Math.min(Math.round(room * window.devicePixelRatio), MAX_WIDTH);
    const watch = socket.watch(
      { camera, fps, width },
      {
        onConnection: (connection) => tell({ type: 'connection', connection }),
        onState: (state) => tell({ type: 'state', state, now: Date.now() }),
        onFrame: (frame) => {
          newest = frame;
          if (!drawing) void draw();
        },
        onKept: (kept) => tell({ type: 'kept', kept }),
      },
    );
    watching.current = watch;
    return () => {
      ended = true;
      watch.end();
    };
  }, [canvas, socket, camera, fps]);

  const keepEvery = useCallback((seconds: number) => watching.current?.keepEvery(seconds), []);
  return { view, keepEvery };
}
