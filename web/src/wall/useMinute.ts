import { useEffect, useState } from 'react';
import { MINUTE_MS } from '../time/words';

/** Now, to the minute, as it goes on. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), MINUTE_MS - (Date.now() % MINUTE_MS) + 1);
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
