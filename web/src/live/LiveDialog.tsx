import { useRef } from 'react';
import { LIVE_PATH } from '../api/live';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { KeepBar } from './KeepBar';
import styles from './LiveDialog.module.css';
import { useLivePicture } from './useLivePicture';
import { viewWords } from './view';

interface Props {
  camera: string;
  name: string;
  mayOperate: boolean;
  onClose: () => void;
}

/** A camera as it is now, for as long as this is open and seen. */
export default function LiveDialog({ camera, name, mayOperate, onClose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { view, keepEvery } = useLivePicture(canvas, LIVE_PATH, camera);
  return (
    <Dialog title={`${name}, live`} onClose={onClose}>
      <div role="img" aria-label={`${name} as it is now`}>
        <canvas ref={canvas} className={styles.picture} />
      </div>
      <p className={styles.words} data-testid="live-words">
        {viewWords(view)}
      </p>
      {mayOperate && <KeepBar camera={camera} view={view} onEvery={keepEvery} />}
      <Button onClick={onClose}>Close</Button>
    </Dialog>
  );
}
