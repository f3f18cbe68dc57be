import { useRef, useState } from 'react';
import { sharedLivePath } from '../api/shared';
import { LiveSocket } from '../live/liveSocket';
import { SMOOTH_FPS, useLivePicture } from '../live/useLivePicture';
import { isMoving, viewWords } from '../live/view';
import { isolated } from '../ui/isolated';
import styles from './SharedLive.module.css';
import { SharedPicture } from './SharedPicture';
import type { SharedProps } from './SharedView';

/** A camera as it is now; what it sent last while it is not connected. */
export function SharedLive(props: SharedProps) {
  const { facts } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [socket] = useState(() => new LiveSocket(sharedLivePath(facts.id)));
  const { view } = useLivePicture(canvas, socket, facts.camera_id, SMOOTH_FPS);
  const moving = isMoving(view);
  return (
    <>
      <main className={styles.page} hidden={!moving}>
        <div role="img" aria-label={`${isolated(facts.camera_name)} as it is now`} className={styles.room}>
          <canvas ref={canvas} className={styles.picture} />
        </div>
        <p className={styles.words}>{viewWords(view)}</p>
      </main>
      {!moving && <SharedPicture {...props} />}
    </>
  );
}
