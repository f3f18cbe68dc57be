import { Camera as CameraIcon, ChartLine, History, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Camera } from '../api/gallery';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { commandWords, isUnderWay } from './commandWords';
import styles from './OrdersBar.module.css';
import { presenceWords } from './presenceWords';
import { useCommands, useTakePicture } from './useOrders';

const SettingsDialog = lazy(() => import('./SettingsDialog'));
const CommandsDialog = lazy(() => import('./CommandsDialog'));
const TelemetryDialog = lazy(() => import('../telemetry/TelemetryDialog'));

type Shown = 'settings' | 'commands' | 'telemetry';

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
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
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
          <Button icon={SlidersHorizontal} onClick={() => setShown('settings')}>
            Settings
          </Button>
        </>
      )}
      <Button icon={ChartLine} onClick={() => setShown('telemetry')}>
        Measurements
      </Button>
      <Button icon={History} onClick={() => setShown('commands')}>
        Commands
      </Button>
      {last && (
        <p className={styles.outcome} role="status">
          {commandWords(last)}
        </p>
      )}
      <Problem error={take.error} />
      {shown && (
        <Suspense>
          {shown === 'settings' && <SettingsDialog camera={camera} onClose={close} />}
          {shown === 'commands' && <CommandsDialog camera={camera} mayOperate={mayOperate} onClose={close} />}
          {shown === 'telemetry' && <TelemetryDialog camera={camera} onClose={close} />}
        </Suspense>
      )}
    </section>
  );
}
