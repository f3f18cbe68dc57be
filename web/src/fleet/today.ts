// How many pictures a camera has taken today, of how many it should have by now. Pure.
import type { FleetCamera } from '../api/fleet';

/** "41 of 48 today", "41 today, usually 48", "41 today". */
export function todayWords({ days, due, usual }: Pick<FleetCamera, 'days' | 'due' | 'usual'>): string {
  const taken = days.at(-1) ?? 0;
  if (due !== null && taken < due) return `${taken} of ${due} today`;
  return usual === null ? `${taken} today` : `${taken} today, usually ${usual}`;
}
