import { SearchX } from 'lucide-react';
import { PageFrame } from '../pages/PageFrame';
import { Awaited } from '../ui/Awaited';
import { Empty } from '../ui/Empty';
import { useGrowing } from '../ui/useGrowing';
import { FleetBar } from './FleetBar';
import { FleetCard } from './FleetCard';
import styles from './FleetPage.module.css';
import { NoCameras } from './NoCameras';
import { chosen, rosterWords, type Member } from './roster';
import { useChoice } from './useChoice';
import { useFleet, type Fleet } from './useFleet';

const GHOSTS = (
  <div className={styles.cards}>
    {Array.from({ length: 8 }, (_, i) => (
      <div key={i} className={styles.ghost} />
    ))}
  </div>
);

// A screen of a phone; a desk has the rest in the next moment, and those that only a scroll reaches wait for that.
const CARDS = { first: 3, more: 9 };

/** All cameras at a glance, those with problems first. */
export default function FleetPage() {
  const fleet = useFleet();
  const { roster } = fleet;
  const lead = roster === undefined || roster.length === 0 ? undefined : rosterWords(roster);
  return (
    <PageFrame title="Fleet" wide {...(lead === undefined ? {} : { lead })}>
      <Awaited
        query={{ data: roster, error: fleet.error, refetch: fleet.retry }}
        what="the cameras"
        ghosts={GHOSTS}
      >
        {(known) => (known.length === 0 ? <NoCameras /> : <Roster roster={known} fleet={fleet} />)}
      </Awaited>
    </PageFrame>
  );
}

function Roster({ roster, fleet }: { roster: readonly Member[]; fleet: Fleet }) {
  const [choice, choose] = useChoice();
  const shown = chosen(roster, choice);
  const { count, end } = useGrowing<HTMLLIElement>(shown.length, CARDS);
  return (
    <>
      <FleetBar choice={choice} groups={fleet.groups} onChange={choose} />
      {shown.length === 0 && <Empty icon={SearchX}>No camera is like that.</Empty>}
      <ul className={styles.cards} aria-label="Cameras">
        {shown.slice(0, count).map((member) => (
          <FleetCard key={member.camera.id} member={member} now={fleet.now} />
        ))}
        {count < shown.length && <li ref={end} aria-hidden />}
      </ul>
    </>
  );
}
