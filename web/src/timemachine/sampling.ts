// Which pictures make a film of a span of time that has more of them than a film takes. Pure.
import type { HourCounts } from '../gallery/timeline';
import { HOUR_MS } from '../time/zone';

// Two minutes at ten a second, and three questions to the server.
export const FILM_MAX = 1_200;

export interface Plan {
  /** How many pictures there are, counted by whole hours. */
  readonly total: number;
  /** When those were about that the film shows; undefined: it shows all. */
  readonly moments: readonly number[] | undefined;
}

/**
 * Every nth picture, so that busy hours have more of the film than quiet ones. Of an hour only the number is known: its
 * pictures are taken for evenly spread, and the nearest to each moment is shown.
 */
export function planFilm(counts: HourCounts, from: number, to: number): Plan {
  const hours = [...counts]
    .filter(([start]) => start < to && start + HOUR_MS > from)
    .sort(([a], [b]) => a - b);
  const total = hours.reduce((sum, [, count]) => sum + count, 0);
  if (total <= FILM_MAX) return { total, moments: undefined };
  const moments: number[] = [];
  let passed = 0;
  for (const [start, count] of hours) {
    // The numbers of the film's pictures that lie in this hour.
    const first = Math.ceil((passed * FILM_MAX) / total);
    for (let i = first; i * total < (passed + count) * FILM_MAX; i += 1) {
      const place = (i * total) / FILM_MAX - passed;
      moments.push(Math.round(start + ((place + 0.5) / count) * HOUR_MS));
    }
    passed += count;
  }
  return { total, moments: moments.map((moment) => Math.min(Math.max(moment, from), to - 1)) };
}

/** "312 pictures", or which of how many. */
export function filmWords(shown: number, total: number): string {
  const number = (count: number) => count.toLocaleString('en-GB');
  if (shown >= total) return shown === 1 ? '1 picture' : `${number(shown)} pictures`;
  return `${number(shown)} of about ${number(total)} pictures, evenly chosen`;
}
