import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useMemo } from 'react';
import { useChosen } from '../address';
import { fetchHistogram, type Camera, type Histogram } from '../api/gallery';
import { countsOf } from '../gallery/timeline';
import { HISTOGRAM_KEY } from '../gallery/useAlbum';
import { useToday } from '../gallery/useToday';
import { readerOffsets, type DayNumber, type OffsetAt } from '../time/zone';
import { linkToTime } from '../timemachine/address';
import { Awaited, Nothing } from '../ui/Awaited';
import { Choice } from '../ui/Choice';
import { LinkButton } from '../ui/LinkButton';
import { Panel } from '../ui/Panel';
import styles from './CalendarTab.module.css';
import { Heatmap } from './Heatmap';
import { daysOf, gapWords, yearFrom, yearsOf, type DayCounts } from './year';

const SHOWN_GAPS = 5;

/** A camera's pictures a day, over its years, with the days on which there were none. */
export default function CalendarTab({ camera }: { camera: Camera }) {
  const today = useToday(readerOffsets);
  const histogram = useQuery({
    queryKey: [...HISTOGRAM_KEY, camera.id],
    queryFn: ({ signal }) => fetchHistogram({ camera: [camera.id] }, signal),
  });
  return (
    <Panel
      title="Pictures a day"
      action={
        <LinkButton href={linkToTime('days', { camera: camera.id })} icon={History}>
          Time machine
        </LinkButton>
      }
    >
      <Awaited query={histogram} what="the calendar">
        {(known) => <Days histogram={known} today={today} offsetAt={readerOffsets} />}
      </Awaited>
    </Panel>
  );
}

interface DaysProps {
  histogram: Histogram;
  today: DayNumber;
  offsetAt: OffsetAt;
}

function Days({ histogram, today, offsetAt }: DaysProps) {
  const days = useMemo(() => daysOf(countsOf(histogram), offsetAt), [histogram, offsetAt]);
  return days.size === 0 ? <Nothing>It has no pictures yet.</Nothing> : <Years days={days} today={today} />;
}

function Years({ days, today }: { days: DayCounts; today: DayNumber }) {
  const years = yearsOf(days, today).map(String);
  const [chosen, setChosen] = useChosen('year', years, years[0] ?? '');
  const year = yearFrom(days, Number(chosen), today);
  const more = year.gaps.length - SHOWN_GAPS;
  return (
    <div className={styles.years}>
      {years.length > 1 && (
        <Choice
          beside="bar"
          label="Year"
          value={chosen}
          options={years.map((value) => ({ value, label: value }))}
          onChange={setChosen}
        />
      )}
      <Heatmap key={chosen} year={year} today={today} />
      {year.gaps.length > 0 && (
        <ul className={styles.gaps} aria-label="Gaps">
          {year.gaps.slice(0, SHOWN_GAPS).map((gap) => (
            <li key={gap.first}>{gapWords(gap)}</li>
          ))}
          {more > 0 && <li>{more === 1 ? 'and a shorter one' : `and ${more} shorter ones`}</li>}
        </ul>
      )}
    </div>
  );
}
