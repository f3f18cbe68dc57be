// Which day of a gallery is shown to somebody who asks for one. Pure.
import { shortDayWords, yearOf } from '../time/words';
import type { DayNumber } from '../time/zone';

/** That very day if it has pictures, else the nearest that has; of two as near, the one before. */
export function nearestDay(days: readonly DayNumber[], asked: DayNumber): DayNumber | undefined {
  const away = (day: DayNumber) => Math.abs(day - asked);
  return days.reduce<DayNumber | undefined>((nearest, day) => {
    if (nearest === undefined || away(day) < away(nearest)) return day;
    return away(day) === away(nearest) ? Math.min(day, nearest) : nearest;
  }, undefined);
}

/** "No pictures on 3 May 2026: here is 2 May 2026." */
export function nearestWords(asked: DayNumber, found: DayNumber): string {
  return `No pictures on ${dateWords(asked)}: here is ${dateWords(found)}.`;
}

function dateWords(day: DayNumber): string {
  return `${shortDayWords(day)} ${yearOf(day)}`;
}
