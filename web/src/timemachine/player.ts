// When which frame of a film is shown, and which are kept ready. Pure.

export const SPEEDS = [1, 2, 4, 8, 12, 25] as const;
export type Speed = (typeof SPEEDS)[number];
export const USUAL_SPEED: Speed = 4;

// Frames that are decoded at once: with those behind and the one that is seen 21. Each takes up to 5 MB of memory.
export const AHEAD = 16;
const BEHIND = 4;

/** Frames that are to be ready, the most urgent first; around the end where a film loops. */
export function framesToHold(index: number, count: number, loop: boolean): number[] {
  const wanted = [index];
  for (let i = 1; i <= AHEAD; i += 1) wanted.push(index + i);
  for (let i = 1; i <= BEHIND; i += 1) wanted.push(index - i);
  const real = wanted.filter((i) => loop || (i >= 0 && i < count)).map((i) => ((i % count) + count) % count);
  return count === 0 ? [] : [...new Set(real)];
}

/**
 * A film that runs: which frame it is at, since when (milliseconds of one clock) and from which frame on. Frames are
 * counted on where it loops: the second round of ten begins with 10.
 */
export interface Run {
  readonly at: number;
  readonly since: number;
  readonly from: number;
}

/** `failed`: it will not come. */
export type Readiness = 'ready' | 'waiting' | 'failed';

export interface Film {
  readonly count: number;
  readonly speed: number;
  readonly loop: boolean;
  readonly readiness: (index: number) => Readiness;
}

export interface Tick {
  readonly run: Run;
  /** Frames passed over: they were not there in time, or not at all. */
  readonly skipped: number;
  /** What is due is not there: the film stands still until it is. */
  readonly stalled: boolean;
  readonly ended: boolean;
}

// So long a frame may be late: what comes within it is caught up with by skipping, and then the film stands still.
const PATIENCE_MS = 1_000;

export function startAt(index: number, now: number): Run {
  return { at: index, since: now, from: index };
}

/** How it goes on, now. */
export function tick(run: Run, now: number, { count, speed, loop, readiness }: Film): Tick {
  const last = loop ? Infinity : count - 1;
  const due = Math.min(run.from + Math.floor(((now - run.since) * speed) / 1000), last);
  let at = run.at;
  let gone = true;
  for (let frame = run.at + 1; frame <= due; frame += 1) {
    const state = readiness(frame % count);
    gone &&= state === 'failed';
    if (state === 'ready' || gone) at = frame;
  }
  const showsNew = at > run.at && readiness(at % count) === 'ready';
  const skipped = Math.max(0, at - run.at - (showsNew ? 1 : 0));
  const stalled = ((due - at) * 1000) / speed > PATIENCE_MS;
  return { run: stalled ? startAt(at, now) : { ...run, at }, skipped, stalled, ended: at >= last };
}

/** "12 skipped" and why, or nothing. */
export function skippedWords(skipped: number): string {
  if (skipped === 0) return '';
  return skipped === 1
    ? '1 picture was skipped: it came too late'
    : `${skipped} pictures were skipped: they came too late`;
}
