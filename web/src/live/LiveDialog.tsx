import { useEffect, useReducer, useRef } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import type { LiveFrame } from './frame';
import { nextView, NOTHING_YET, viewWords } from './view';
import { watchLive } from './watchLive';
import styles from './LiveDialog.module.css';

interface Props {
  camera: string;
  name: string;
  onClose: () => void;
}

// What a person sees as moving, and a camera on LTE can carry.
const FPS = 10;

/** A camera as it is now, for as long as this is open and seen. */
export default function LiveDialog({ camera, name, onClose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, tell] = useReducer(nextView, NOTHING_YET);

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
    const width = Math.round((canvas.current?.clientWidth ?? 0) * window.devicePixelRatio);
    const end = watchLive(
      { camera, fps: FPS, width: Math.min(width, 1_600) },
      {
        onConnection: (connection) => tell({ type: 'connection', connection }),
        onState: (state) => tell({ type: 'state', state, now: Date.now() }),
        onFrame: (frame) => {
          newest = frame;
          if (!drawing) void draw();
        },
      },
    );
    return () => {
      ended = true;
      end();
    };
  }, [camera]);

  return (
    <Dialog title={`${name}, live`} onClose={onClose}>
      <div role="img" aria-label={`${name} as it is now`}>
        <canvas ref={canvas} className={styles.picture} />
      </div>
      <p className={styles.words} data-testid="live-words">
        {viewWords(view)}
      </p>
      <Button onClick={onClose}>Close</Button>
    </Dialog>
  );
}
