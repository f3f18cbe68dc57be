import { CameraOff } from 'lucide-react';
import { Link } from 'wouter';
import { linkTo } from '../address';
import { originalUrl, type Camera } from '../api/gallery';
import { Thumbnail } from '../gallery/Thumbnail';
import { isolated } from '../ui/isolated';
import styles from './OverviewTab.module.css';
import { pictureAge } from './pictureWords';

/** What it saw last, and how old that is: it is never taken for now. */
export function LastPicture({
  camera: { id, name, last_image: last },
  now,
}: {
  camera: Camera;
  now: number;
}) {
  if (!last) {
    return (
      <>
        <div className={styles.picture}>
          <CameraOff size={32} strokeWidth={1.25} aria-hidden />
        </div>
        <p className={styles.age}>It has sent no picture yet.</p>
      </>
    );
  }
  return (
    <>
      <Link
        href={linkTo({ camera: id, image: last.id })}
        className={styles.picture ?? ''}
        aria-label={`Last picture of ${isolated(name)}`}
      >
        {/* Small and at once, below the whole of it. */}
        <Thumbnail key={last.id} image={last} />
        <img
          key={`whole ${last.id}`}
          className={styles.whole}
          src={originalUrl(last)}
          alt=""
          decoding="async"
        />
      </Link>
      <p className={styles.age}>{pictureAge(last, now)}</p>
    </>
  );
}
