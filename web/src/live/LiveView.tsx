import { useRef, useState } from 'react';
import { LIVE_PATH } from '../api/live';
import { isolated } from '../ui/isolated';
import { KeepBar } from './KeepBar';
import styles from './LiveView.module.css';
import { LiveSocket } from './liveSocket';
import { SMOOTH_FPS, useLivePicture } from './useLivePicture';
import { viewWords } from './view';

interface Props {
  camera: string;
  name: string;
  mayOperate: boolean;
}

/** A camera as it is now, for as long as this is open and seen. */
export default function LiveView({ camera, name, mayOperate }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [socket] = useState(() => new LiveSocket(LIVE_PATH));
  const { view, keepEvery } = useLivePicture(canvas, socket, camera, SMOOTH_FPS);
  return (
    <>
      <div role="img" aria-label={`${isolated(name)} as it is now`}>
        <canvas ref={canvas} className={styles.picture} />
      </div>
      <p className={styles.words} data-testid="live-words">
        {viewWords(view)}
      </p>
      {mayOperate && <KeepBar camera={camera} view={view} onEvery={keepEvery} />}
    </>
  );
}
