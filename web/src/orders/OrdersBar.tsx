import { Info } from 'lucide-react';
import { linkToCamera } from '../address';
import type { Camera } from '../api/gallery';
import { ButtonLink } from '../ui/ButtonLink';
import { isolated } from '../ui/isolated';
import { PresenceDot } from '../ui/PresenceDot';
import styles from './OrdersBar.module.css';
import { presenceWords } from './presenceWords';
import { TakePicture } from './TakePicture';

interface Props {
  camera: Camera;
  mayOperate: boolean;
  /** When the page was last told about it. */
  now: number;
}

/** Whether the camera is there, and the way to everything else about it. */
export function OrdersBar({ camera, mayOperate, now }: Props) {
  return (
    <section className={styles.bar} aria-label={`Orders to ${isolated(camera.name)}`}>
      <span className={styles.presence}>
        <PresenceDot presence={camera.presence} /> {presenceWords(camera, now)}
      </span>
      <ButtonLink icon={Info} href={linkToCamera(camera.id)}>
        About this camera
      </ButtonLink>
      {mayOperate && <TakePicture camera={camera.id} />}
    </section>
  );
}
