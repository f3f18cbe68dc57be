import { CameraOff } from 'lucide-react';
import { Link } from 'wouter';
import { useCameras } from '../gallery/useAlbum';
import { PageFrame } from '../pages/PageFrame';
import { Trouble } from '../ui/Trouble';
import { troubleWords } from '../ui/troubleWords';
import { linkToTime, VIEWS, type View } from './address';
import { CompareView } from './CompareView';
import { DaysView } from './DaysView';
import { FilmView } from './FilmView';
import styles from './TimeMachinePage.module.css';
import { useTimeParams } from './useTimeParams';

const NAMES: Record<View, string> = { days: 'Same time, other days', compare: 'Compare', film: 'Film' };
const SHOWS = { days: DaysView, compare: CompareView, film: FilmView };

/** What a camera saw over the days. */
export default function TimeMachinePage() {
  const [view, params, change] = useTimeParams();
  const { data: cameras, error, refetch } = useCameras();
  const Shows = SHOWS[view];
  const { camera, zone, from, to } = params;
  return (
    <PageFrame title="Time machine" wide>
      <nav className={styles.views} aria-label="Time machine">
        {VIEWS.map((one) => (
          <Link
            key={one}
            href={linkToTime(one, { camera, zone, from, to })}
            className={styles.view ?? ''}
            aria-current={one === view ? 'page' : undefined}
          >
            {NAMES[one]}
          </Link>
        ))}
      </nav>
      {!cameras && error && (
        <Trouble {...troubleWords(error, 'the cameras')} action="Try again" onAction={() => void refetch()} />
      )}
      {!cameras && !error && <p role="status">Looking for the cameras …</p>}
      {cameras?.length === 0 && (
        <p className={styles.empty}>
          <CameraOff size={18} aria-hidden /> There is no camera yet whose days could be looked at.
        </p>
      )}
      {cameras !== undefined && cameras.length > 0 && (
        <>
          {camera !== undefined && cameras.every(({ id }) => id !== camera) && (
            <p role="alert" className={styles.empty}>
              The camera of this link is not there, or not for you to see.
            </p>
          )}
          <div className={styles.looking}>
            <Shows params={params} cameras={cameras} onChange={change} />
          </div>
        </>
      )}
    </PageFrame>
  );
}
