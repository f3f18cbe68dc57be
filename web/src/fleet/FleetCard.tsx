import { CameraOff, History, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { linkToCamera } from '../address';
import { Thumbnail } from '../gallery/Thumbnail';
import { presenceWords } from '../orders/presenceWords';
import { momentWords } from '../time/words';
import { linkToTime } from '../timemachine/address';
import { isolated } from '../ui/isolated';
import { PresenceDot } from '../ui/PresenceDot';
import styles from './FleetCard.module.css';
import type { Member } from './roster';
import { Sparkline } from './Sparkline';
import { todayWords } from './today';
import { vitalsOf } from './vitals';

interface Props {
  member: Member;
  now: number;
}

/** One camera: what it saw last, whether it is well, and whether it does what it should. */
export const FleetCard = memo(function FleetCard({ member: { camera, group, facts, problems }, now }: Props) {
  const { last_image: last } = camera;
  return (
    <li className={styles.card} data-troubled={problems.length > 0}>
      <div className={styles.picture}>
        {last ? (
          <Thumbnail key={last.id} image={last} />
        ) : (
          <CameraOff size={28} strokeWidth={1.25} aria-hidden />
        )}
        <span className={styles.presence}>
          <PresenceDot presence={camera.presence} /> {presenceWords(camera, now)}
        </span>
      </div>
      <div className={styles.facts}>
        <h3 className={styles.name}>
          <Link href={linkToCamera(camera.id)} className={styles.link ?? ''}>
            {camera.name}
          </Link>
          {group !== undefined && <span className={styles.group}>{group}</span>}
          {last && (
            <Link
              href={linkToTime('days', { camera: camera.id })}
              className={styles.time ?? ''}
              aria-label={`Time machine of ${isolated(camera.name)}`}
              title="Time machine"
            >
              <History size={17} strokeWidth={1.75} aria-hidden />
            </Link>
          )}
        </h3>
        {problems.length > 0 && (
          <ul className={styles.problems} aria-label={`Problems of ${isolated(camera.name)}`}>
            {problems.map(({ kind, words }) => (
              <li key={kind} className={styles.problem}>
                <TriangleAlert size={15} strokeWidth={2} aria-hidden /> <span>{words}</span>
              </li>
            ))}
          </ul>
        )}
        <dl className={styles.vitals}>
          {vitalsOf(facts, now).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div className={styles.captures}>
          <Sparkline days={facts.days} />
          <span>{todayWords(facts)}</span>
        </div>
        {last && <p className="visually-hidden">Last picture {momentWords(last.captured_at)}</p>}
      </div>
    </li>
  );
});
