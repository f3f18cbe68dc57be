import { Link } from 'wouter';
import { linkTo } from '../address';
import type { Camera } from '../api/gallery';
import { Thumbnail } from '../gallery/Thumbnail';
import { presenceWords } from '../orders/presenceWords';
import { Button } from '../ui/Button';
import { isolated } from '../ui/isolated';
import { PresenceDot } from '../ui/PresenceDot';
import styles from './MapEntry.module.css';

interface Props {
  camera: Camera;
  fact?: string;
  now: number;
  /** What its button does: "Move", "Place". */
  verb: string;
  /** Missing: the reader may not. */
  onPlace: (() => void) | undefined;
}

/** A camera beside the map. */
export function MapEntry({ camera, fact, now, verb, onPlace }: Props) {
  return (
    <li className={styles.entry}>
      <div className={styles.picture}>
        {camera.last_image && <Thumbnail key={camera.last_image.id} image={camera.last_image} />}
      </div>
      <div className={styles.facts}>
        <Link href={linkTo({ camera: camera.id, image: undefined })} className={styles.name ?? ''}>
          {camera.name}
        </Link>
        <p className={styles.fact}>
          <PresenceDot presence={camera.presence} /> {presenceWords(camera, now)}
        </p>
        {fact !== undefined && <p className={styles.fact}>{fact}</p>}
      </div>
      {onPlace && (
        <div className={styles.tool}>
          <Button onClick={onPlace} aria-label={`${verb} ${isolated(camera.name)}`}>
            {verb}
          </Button>
        </div>
      )}
    </li>
  );
}
