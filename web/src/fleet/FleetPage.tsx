import { Plus } from 'lucide-react';
import { linkToPage } from '../address';
import { PageFrame } from '../pages/PageFrame';
import { whyNot } from '../session/pageRights';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { ButtonLink } from '../ui/ButtonLink';
import { Problem } from '../ui/Problem';
import { FleetBar } from './FleetBar';
import { FleetCard } from './FleetCard';
import styles from './FleetPage.module.css';
import { chosen, rosterWords, type Member } from './roster';
import { useChoice } from './useChoice';
import { useFleet, type Fleet } from './useFleet';

const SKELETON_CARDS = 8;

/** All cameras at a glance, those with problems first. */
export default function FleetPage() {
  const fleet = useFleet();
  const visit = useVisit();
  const { roster } = fleet;
  const lead = roster === undefined || roster.length === 0 ? undefined : rosterWords(roster);
  return (
    <PageFrame title="Fleet" wide {...(lead === undefined ? {} : { lead })}>
      {fleet.error && (
        <div className={styles.failed}>
          <Problem error={fleet.error} />
          <Button onClick={fleet.retry}>Try again</Button>
        </div>
      )}
      {roster === undefined && !fleet.error && <Skeleton />}
      {roster?.length === 0 && (
        <div className={styles.nothing}>
          <p>There is no camera yet.</p>
          {whyNot('cameras', visit) === undefined && (
            <ButtonLink href={linkToPage('cameras')} icon={Plus}>
              Add a camera
            </ButtonLink>
          )}
        </div>
      )}
      {roster !== undefined && roster.length > 0 && <Roster roster={roster} fleet={fleet} />}
    </PageFrame>
  );
}

function Roster({ roster, fleet }: { roster: readonly Member[]; fleet: Fleet }) {
  const [choice, choose] = useChoice();
  const shown = chosen(roster, choice);
  return (
    <>
      <FleetBar choice={choice} groups={fleet.groups} onChange={choose} />
      {shown.length === 0 && <p className={styles.nothing}>No camera is like that.</p>}
      <ul className={styles.cards} aria-label="Cameras">
        {shown.map((member) => (
          <FleetCard key={member.camera.id} member={member} now={fleet.now} />
        ))}
      </ul>
    </>
  );
}

function Skeleton() {
  return (
    <div className={styles.cards} aria-busy="true">
      <p className="visually-hidden">Loading the cameras</p>
      {Array.from({ length: SKELETON_CARDS }, (_, i) => (
        <div key={i} className={styles.ghost} />
      ))}
    </div>
  );
}
