// From day to day by the arrow keys, as they lie in the calendar. Pure.
import type { DayNumber } from '../time/zone';

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
};

/** Where a key leads to; undefined: it means nothing here, or would lead out of the year. */
export function dayByKey(
  key: string,
  from: DayNumber,
  first: DayNumber,
  last: DayNumber,
): DayNumber | undefined {
  if (key === 'Home') return first;
  if (key === 'End') return last;
  const step = STEPS[key];
  const to = from + (step ?? Number.NaN);
  return to >= first && to <= last ? to : undefined;
}
