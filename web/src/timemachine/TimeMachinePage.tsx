import { Link } from 'wouter';
import { NoCameras } from '../fleet/NoCameras';
import { useCameras } from '../gallery/useAlbum';
import { PageFrame } from '../pages/PageFrame';
import { Awaited, Nothing } from '../ui/Awaited';
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
  const query = useCameras();
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
      <Awaited query={query} what="the cameras">
        {(cameras) =>
          cameras.length === 0 ? (
            <NoCameras />
          ) : (
            <>
              {camera !== undefined && cameras.every(({ id }) => id !== camera) && (
                <Nothing>The camera of this link is not there, or not for you to see.</Nothing>
              )}
              <div className={styles.looking}>
                <Shows params={params} cameras={cameras} onChange={change} />
              </div>
            </>
          )
        }
      </Awaited>
    </PageFrame>
  );
}
