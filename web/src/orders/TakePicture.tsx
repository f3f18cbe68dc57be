import { Camera as CameraIcon } from 'lucide-react';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { commandWords, isUnderWay } from './commandWords';
import styles from './TakePicture.module.css';
import { useCommands, useTakePicture } from './useOrders';

/** Tells a camera to take a picture now, and says what came of it. */
export function TakePicture({ camera }: { camera: string }) {
  const commands = useCommands(camera);
  const take = useTakePicture(camera);
  const last = commands.data?.[0];
  return (
    <>
      <Button
        icon={CameraIcon}
        busy={take.isPending || (last?.name === 'capture' && isUnderWay(last))}
        onClick={() => take.mutate()}
      >
        Take a picture
      </Button>
      {last && (
        <p className={styles.outcome} role="status">
          {commandWords(last)}
        </p>
      )}
      <Problem error={take.error} />
    </>
  );
}
