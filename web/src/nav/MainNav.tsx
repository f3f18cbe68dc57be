import { useOpenAlerts } from '../alerts/useOpenAlerts';
import { offered, whyNot } from '../session/pageRights';
import { useVisit } from '../session/visit';
import styles from './MainNav.module.css';
import { MoreMenu } from './MoreMenu';
import { Way } from './Way';

/** The way to every place: a rail beside the page, and on a phone a bar below it. */
export function MainNav() {
  const visit = useVisit();
  const alerts = useOpenAlerts(whyNot('alerts', visit) === undefined);
  const inSight = offered(visit, 'bar', 'rail', 'foot');
  if (inSight.length === 0) return null;
  return (
    <nav className={styles.nav} aria-label="Main">
      <ul className={styles.ways}>
        {inSight.map((place) => (
          <Way key={place} place={place} news={place === 'alerts' ? alerts : undefined} />
        ))}
        <li className={styles.more} data-needed={offered(visit, 'more').length > 0}>
          <MoreMenu places={offered(visit, 'rail', 'foot', 'more')} />
        </li>
      </ul>
    </nav>
  );
}
