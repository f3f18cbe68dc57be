import { useSearchParams } from 'wouter';
import { TIME_KEYS, VIEWS, type TimeParams, type View } from './address';

/** What the address says; a change of it is no new entry of the browser's history. */
export function useTimeParams(): [View, TimeParams, (change: TimeParams) => void] {
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find((one) => one === params.get('view')) ?? 'days';
  const read: TimeParams = Object.fromEntries(TIME_KEYS.map((key) => [key, params.get(key) ?? undefined]));
  const change = (what: TimeParams) => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(what)) {
          if (value === undefined || value === '') next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  };
  return [view, read, change];
}
