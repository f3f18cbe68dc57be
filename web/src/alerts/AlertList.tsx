import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from 'wouter';
import { linkToCamera, linkToPage } from '../address';
import type { Alert } from '../api/alerts';
import styles from './AlertList.module.css';
import { ALERT_WORDS, alertTimes } from './alertWords';

interface Props {
  label: string;
  alerts: readonly Alert[];
  now: number;
  /** They are all of one camera, which need not be named. */
  ofOne?: boolean;
}

export function AlertList({ label, alerts, now, ofOne = false }: Props) {
  return (
    <ol className={styles.list} aria-label={label}>
      {alerts.map((alert) => (
        <li key={alert.id} className={styles.alert} data-open={alert.closed_at === null}>
          {alert.closed_at === null ? (
            <TriangleAlert className={styles.icon} size={18} strokeWidth={1.75} aria-hidden />
          ) : (
            <CircleCheck className={styles.icon} size={18} strokeWidth={1.75} aria-hidden />
          )}
          <div className={styles.what}>
            <p>
              {!ofOne && (
                <>
                  <Whose alert={alert} />{' '}
                </>
              )}
              <span className={styles.kind}>{ALERT_WORDS[alert.kind].name}</span>
            </p>
            <p className={styles.detail}>{alert.detail}</p>
          </div>
          <time className={styles.when} dateTime={new Date(alert.opened_at).toISOString()}>
            {alertTimes(alert, now)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function Whose({ alert: { camera_id, camera } }: { alert: Alert }) {
  const href = camera_id === null ? linkToPage('server') : linkToCamera(camera_id);
  return (
    <Link href={href} className={styles.link ?? ''}>
      {camera_id === null ? 'The server' : (camera ?? 'Camera')}
    </Link>
  );
}
