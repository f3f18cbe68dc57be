import { HOUR_MS, DAY_MS, type OffsetAt } from '../time/zone';
import { Bars } from '../ui/Bars';
import type { Hour } from './hours';

const HOURS_A_DAY = 24;

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
  // The square root keeps an hour of three pictures visible beside one of three hundred.
  const shares = counts.map((count) => Math.sqrt(count / (most || 1)));
  return <Bars shares={shares} barWidth={3} height={20} />;
}
