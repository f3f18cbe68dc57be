// What is wrong with a camera, in words, the worst first: what an owner of fifty looks for in the morning. The server
// judges (server/cameras/problems.hpp). Pure.
import type { FleetCamera, ProblemKind } from '../api/fleet';
import { presenceWords } from '../orders/presenceWords';
import { spanWords } from '../time/words';

/** In the order of what is lost while nobody comes, as in the contract. */
const KINDS: readonly ProblemKind[] = ['doubted', 'silent', 'frozen', 'refused', 'battery', 'spool', 'clock'];

export interface Problem {
  kind: ProblemKind;
  words: string;
}

/** The worst first; none: all is well, as far as is known. */
export function problemsOf(one: FleetCamera, now: number): Problem[] {
  return one.problems.map((kind) => ({ kind, words: WORDS[kind](one, now) }));
}

const WORDS: Record<ProblemKind, (one: FleetCamera, now: number) => string> = {
  doubted: () => 'Its key was seen in two places at once',
  silent: ({ camera }, now) => presenceWords(camera, now),
  frozen: ({ looks_alike }) => `Frozen: ${looks_alike + 1} pictures in a row are the same`,
  refused: ({ last_refused_at, last_refusal }, now) => {
    const words = last_refused_at === null ? 'Refused' : `Refused ${spanWords(now - last_refused_at)} ago`;
    return last_refusal === null ? words : `${words}: ${last_refusal}`;
  },
  battery: ({ battery_mv }) => `Battery low: ${((battery_mv ?? 0) / 1000).toFixed(2)} V`,
  spool: ({ spool }) => `${spool ?? 0} pictures wait in it`,
  clock: ({ clock_skew_ms }) => {
    const skew = clock_skew_ms ?? 0;
    return `Its clock is ${spanWords(Math.abs(skew))} ${skew > 0 ? 'behind' : 'ahead'}`;
  },
};

/** For an order of cameras: smaller is worse, and no problem comes last. */
export function rankOf(problems: readonly Problem[]): number {
  const [worst] = problems;
  return worst ? KINDS.indexOf(worst.kind) : KINDS.length;
}
