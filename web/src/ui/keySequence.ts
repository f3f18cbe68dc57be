// Keys that are pressed one after the other. Pure.

// As long as it takes to find the second letter.
const WAIT_MS = 1_500;

export interface Waiting {
  since: number;
}

export interface Heard {
  waiting: Waiting | undefined;
  /** The letter that came behind the first. */
  second: string | undefined;
}

/** `waiting`: since the first letter was pressed, if it was. */
export function heardKey(waiting: Waiting | undefined, key: string, first: string, now: number): Heard {
  if (waiting && now - waiting.since < WAIT_MS) return { waiting: undefined, second: key.toLowerCase() };
  return { waiting: key.toLowerCase() === first ? { since: now } : undefined, second: undefined };
}
