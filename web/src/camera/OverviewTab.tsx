import { Images, Square, TriangleAlert, Video } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link } from 'wouter';
import { linkTo, linkToCamera, linkToLive, linkToMap, useCameraAddress } from '../address';
import type { Place } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { problemsOf } from '../fleet/problems';
import { useFleetFacts } from '../fleet/useFleet';
import { vitalsOf } from '../fleet/vitals';
import { placeWords, spotOf } from '../map/placing';
import { presenceWords } from '../orders/presenceWords';
import { TakePicture } from '../orders/TakePicture';
import { momentWords, numberWords } from '../time/words';
import { Awaited } from '../ui/Awaited';
import { ButtonLink } from '../ui/ButtonLink';
import { isolated } from '../ui/isolated';
import { Panel } from '../ui/Panel';
import { PresenceDot } from '../ui/PresenceDot';
import { LastAlerts } from './LastAlerts';
import { LastPicture } from './LastPicture';
import styles from './OverviewTab.module.css';

const LiveView = lazy(() => import('../live/LiveView'));

interface Props {
  camera: Camera;
  mayOperate: boolean;
  /** When the page was last told about it. */
  now: number;
}

/** What the camera sees, and whether it is well. */
export default function OverviewTab({ camera, mayOperate, now }: Props) {
  const { watching } = useCameraAddress();
  const { id, name } = camera;
  return (
    <div className={styles.overview}>
      <section
        className={styles.seen}
        aria-label={watching ? `${isolated(name)}, live` : `Last picture of ${isolated(name)}`}
      >
        {watching ? (
          <Suspense>
            <LiveView camera={id} name={name} mayOperate={mayOperate} />
          </Suspense>
        ) : (
          <LastPicture camera={camera} now={now} />
        )}
        <div className={styles.actions}>
          {watching ? (
            <ButtonLink icon={Square} href={linkToCamera(id)} replace>
              Stop watching
            </ButtonLink>
          ) : (
            <ButtonLink icon={Video} href={linkToLive(id)} replace>
              Watch live
            </ButtonLink>
          )}
          <ButtonLink icon={Images} href={linkTo({ camera: id, image: undefined })}>
            All its pictures
          </ButtonLink>
          {mayOperate && <TakePicture camera={id} />}
        </div>
      </section>
      <State camera={camera} now={now} />
      <div className={styles.alerts}>
        <LastAlerts camera={id} />
      </div>
    </div>
  );
}

function State({ camera, now }: Pick<Props, 'camera' | 'now'>) {
  const fleet = useFleetFacts();
  const one = fleet.data?.find((known) => known.camera.id === camera.id);
  const { error, refetch } = fleet;
  const facts: { name: string; value: ReactNode }[] = [
    ...(one ? vitalsOf(one, now) : []),
    ...(one?.place ? [{ name: 'Place', value: <OnTheMap camera={camera.id} place={one.place} /> }] : []),
    { name: 'Pictures', value: numberWords(camera.image_count) },
    { name: 'Added', value: momentWords(camera.created_at) },
  ];
  return (
    <Panel title="How it is">
      <p className={styles.presence}>
        <PresenceDot presence={camera.presence} /> {presenceWords(camera, now)}
      </p>
      <Awaited query={{ data: one, error, refetch }} what="how it is">
        {(known) => {
          const problems = problemsOf(known, now);
          return problems.length === 0 ? (
            <p className={styles.well}>No problem is known.</p>
          ) : (
            <ul className={styles.problems} aria-label="Problems">
              {problems.map(({ kind, words }) => (
                <li key={kind} className={styles.problem}>
                  <TriangleAlert size={15} strokeWidth={2} aria-hidden /> <span>{words}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Awaited>
      <dl className={styles.facts}>
        {facts.map((fact) => (
          <div key={fact.name} className={styles.fact}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function OnTheMap({ camera, place }: { camera: string; place: Place }) {
  const { lat, lon } = spotOf(place);
  return (
    <Link href={linkToMap(camera)} className={styles.link ?? ''}>
      {placeWords(lat, lon)}
      <span className="visually-hidden"> on the map</span>
    </Link>
  );
}
