// How long to wait before trying again: twice as long each time, and never all at once.

export const RETRY_FIRST_MS = 1_000;
export const RETRY_LAST_MS = 120_000;

/**
 * The wait before attempt number `attempt` (0 is the first repeat). Up to half of it is left to chance, so that the
 * pages of one house do not all knock in the moment their server is back.
 */
export function retryDelay(attempt: number, chance: number = Math.random()): number {
  const full = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(attempt, 16));
  return full * (1 - chance / 2);
}
