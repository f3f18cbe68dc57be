// What is wrong with a camera, the worst first: what an owner of fifty looks for in the morning. Pure.
import type { FleetCamera } from '../api/fleet';
import { presenceWords } from '../orders/presenceWords';
import { spanWords } from '../time/words';
import { DAY_MS } from '../time/zone';

/** In the order of what is lost while nobody comes. */
const KINDS = ['doubted', 'silent', 'frozen', 'refused', 'battery', 'spool', 'clock'] as const;
export type ProblemKind = (typeof KINDS)[number];

export interface Problem {
  kind: ProblemKind;
  words: string;
}

// A lithium cell that is told to be below this under load has about a tenth of its charge left.
const CELL_LOW_MV = 3_500;
// An upload takes seconds, on a bad link a minute: what is more is the clock.
const CLOCK_MS = 5 * 60_000;
// Some wait whenever the link is slow; so many, an hour long, are not going away.
const SPOOL_MANY = 10;

/** The worst first; none: all is well, as far as is known. */
export function problemsOf(one: FleetCamera, now: number): Problem[] {
  const { camera, battery_mv } = one;
  const waiting = one.spool ?? 0;
  const found: Problem[] = [];
  if (camera.suspect_at !== null) {
    found.push({ kind: 'doubted', words: 'Its key was seen in two places at once' });
  }
  if (camera.presence === 'silent') found.push({ kind: 'silent', words: presenceWords(camera, now) });
  if (one.frozen) {
    found.push({ kind: 'frozen', words: `Frozen: ${one.looks_alike + 1} pictures in a row are the same` });
  }
  found.push(...ofRefusals(one, now));
  if (battery_mv !== null && battery_mv > 0 && battery_mv < CELL_LOW_MV) {
    found.push({ kind: 'battery', words: `Battery low: ${(battery_mv / 1000).toFixed(2)} V` });
  }
  if (waiting >= SPOOL_MANY) found.push({ kind: 'spool', words: `${waiting} pictures wait in it` });
  found.push(...ofClock(one.clock_skew_ms, waiting));
  return found;
}

function ofRefusals({ last_refused_at: refused, last_refusal: why }: FleetCamera, now: number): Problem[] {
  if (refused === null || now - refused >= DAY_MS) return [];
  const when = spanWords(now - refused);
  return [{ kind: 'refused', words: why === null ? `Refused ${when} ago` : `Refused ${when} ago: ${why}` }];
}

function ofClock(skew: number | null, waiting: number): Problem[] {
  // What it sends while others wait is old, and so looks as if its clock were behind.
  if (skew === null || Math.abs(skew) <= CLOCK_MS || (skew > 0 && waiting > 0)) return [];
  return [
    { kind: 'clock', words: `Its clock is ${spanWords(Math.abs(skew))} ${skew > 0 ? 'behind' : 'ahead'}` },
  ];
}

/** For an order of cameras: smaller is worse, and no problem comes last. */
export function rankOf(problems: readonly Problem[]): number {
  const [worst] = problems;
  return worst ? KINDS.indexOf(worst.kind) : KINDS.length;
}
