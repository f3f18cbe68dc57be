import { useEffect, useState } from 'react';
import { dayOf, nextMidnight, type DayNumber, type OffsetAt } from '../time/zone';

/** Today's number; it changes at midnight, also on a page left open. */
export function useToday(offsetAt: OffsetAt): DayNumber {
  const [today, setToday] = useState(() => dayOf(Date.now(), offsetAt));
  useEffect(() => {
    const now = Date.now();
    const timer = setTimeout(
      () => setToday(dayOf(Date.now(), offsetAt)),
      nextMidnight(now, offsetAt) - now + 1,
    );
    return () => clearTimeout(timer);
  }, [today, offsetAt]);
  return today;
}
