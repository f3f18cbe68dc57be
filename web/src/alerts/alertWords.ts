// Alerts, for a person. Pure.
import type { Alert, AlertKind } from '../api/alerts';
import { momentWords, spanWords } from '../time/words';

interface KindWords {
  /** In a list of what has happened. */
  name: string;
  /** Where one chooses what to be told. */
  meaning: string;
}

/** In the order in which one is asked what to be told: first what is lost while nobody comes. */
export const ALERT_WORDS: Record<AlertKind, KindWords> = {
  silent: { name: 'Silent', meaning: 'A camera falls silent' },
  frozen: { name: 'Frozen', meaning: 'A camera sends the same picture again and again' },
  battery: { name: 'Battery low', meaning: 'A camera’s battery is nearly empty' },
  spool: { name: 'Pictures wait in it', meaning: 'Pictures pile up in a camera' },
  refused: { name: 'Pictures refused', meaning: 'What a camera sends is no picture' },
  clock: { name: 'Wrong clock', meaning: 'A camera’s clock is wrong' },
  doubted: { name: 'Key in two places', meaning: 'A camera’s key is used in two places at once' },
  storage: { name: 'Disk nearly full', meaning: 'The server’s disk is nearly full' },
  certificate: {
    name: 'Certificate ends soon',
    meaning: 'The server’s certificate ends soon, and nobody has renewed it',
  },
};

export const ALERT_KINDS = Object.keys(ALERT_WORDS) as AlertKind[];

/** "Since 22 Nov 2026, 15:01, for 3 hours", and of what is over "22 Nov 2026, 15:01, for 3 hours". */
export function alertTimes({ opened_at, closed_at }: Alert, now: number): string {
  const lasted = spanWords(Math.max(0, (closed_at ?? now) - opened_at));
  return `${closed_at === null ? 'Since ' : ''}${momentWords(opened_at)}, for ${lasted}`;
}
