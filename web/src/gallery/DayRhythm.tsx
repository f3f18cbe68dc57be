import { HOUR_MS, DAY_MS, type OffsetAt } from '../time/zone';
import styles from './DayRhythm.module.css';
import type { Hour } from './timeline';

const HOURS_A_DAY = 24;
const BAR_WIDTH = 3;
const BAR_PITCH = 5;
const HEIGHT = 20;
const QUIET_HEIGHT = 1.5;

/** How many pictures each hour of the clock had, from midnight to midnight. */
export function hoursOfClock(hours: readonly Hour[], offsetAt: OffsetAt): number[] {
  const counts = new Array<number>(HOURS_A_DAY).fill(0);
  for (const { start, count } of hours) {
    const middle = start + HOUR_MS / 2;
    const sinceMidnight = (((middle + offsetAt(middle)) % DAY_MS) + DAY_MS) % DAY_MS;
    const hour = Math.floor(sinceMidnight / HOUR_MS);
    counts[hour] = (counts[hour] ?? 0) + count;
  }
  return counts;
}

/** A day at a glance: when its pictures came. */
export function DayRhythm({ hours, offsetAt }: { hours: readonly Hour[]; offsetAt: OffsetAt }) {
  const counts = hoursOfClock(hours, offsetAt);
  const most = Math.max(...counts);
  return (
    <svg
      className={styles.rhythm}
      width={HOURS_A_DAY * BAR_PITCH}
      height={HEIGHT}
      aria-hidden="true"
      data-testid="day-rhythm"
    >
      {counts.map((count, hour) => {
        // The square root keeps an hour of three pictures visible beside one of three hundred.
        const height = count === 0 ? QUIET_HEIGHT : Math.max(3, HEIGHT * Math.sqrt(count / most));
        return (
          <rect
            key={hour}
            className={count === 0 ? styles.quiet : styles.hour}
            x={hour * BAR_PITCH}
            y={HEIGHT - height}
            width={BAR_WIDTH}
            height={height}
            rx={1}
          />
        );
      })}
    </svg>
  );
}
