import { Camera as CameraIcon, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Camera } from '../api/gallery';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { commandWords, isUnderWay } from './commandWords';
import styles from './OrdersBar.module.css';
import { presenceWords } from './presenceWords';
import { useCommands, useTakePicture } from './useOrders';

const SettingsDialog = lazy(() => import('./SettingsDialog'));

interface Props {
  camera: Camera;
  mayOperate: boolean;
  /** When the page was last told about it. */
  now: number;
}

/** Whether the camera is there, and what it is told. */
export function OrdersBar({ camera, mayOperate, now }: Props) {
  const commands = useCommands(camera.id);
  const take = useTakePicture(camera.id);
  const [setting, setSetting] = useState(false);
  const last = commands.data?.[0];
  return (
    <section className={styles.bar} aria-label={`Orders to ${camera.name}`}>
      <span>{presenceWords(camera, now)}</span>
      {mayOperate && (
        <>
          <Button
            icon={CameraIcon}
            busy={take.isPending || (last?.name === 'capture' && isUnderWay(last))}
            onClick={() => take.mutate()}
          >
            Take a picture
          </Button>
          <Button icon={SlidersHorizontal} onClick={() => setSetting(true)}>
            Settings
          </Button>
        </>
      )}
      {last && (
        <p className={styles.outcome} role="status">
          {commandWords(last)}
        </p>
      )}
      <Problem error={take.error} />
      {setting && (
        <Suspense>
          <SettingsDialog camera={camera} onClose={() => setSetting(false)} />
        </Suspense>
      )}
    </section>
  );
}
