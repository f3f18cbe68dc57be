// What the wall shows, as it stands in its address: the address is kept on the machine that shows it. Pure.

export interface WallOptions {
  /** The name of a group; undefined: every camera. */
  group: string | undefined;
  /** Live keeps cameras sending as long as the wall is there. */
  show: 'latest' | 'live';
  /** How long a page stays. */
  every_s: number;
  /** Cameras on a page; undefined: as many as fit. */
  most: number | undefined;
}

export const EVERY_S = [10, 20, 60, 300] as const;
export const MOST = [1, 4, 9, 16, 36] as const;
const USUAL_EVERY_S = 20;
// Who types another number gets it, within reason.
const EVERY_LEAST_S = 3;
const EVERY_MOST_S = 3_600;

function wholeIn(text: string | null, least: number, most: number): number | undefined {
  const number = text === null || !/^\d+$/.test(text) ? Number.NaN : Number(text);
  return number >= least && number <= most ? number : undefined;
}

export function readOptions(params: URLSearchParams): WallOptions {
  return {
    group: params.get('group') ?? undefined,
    show: params.get('show') === 'live' ? 'live' : 'latest',
    every_s: wholeIn(params.get('every'), EVERY_LEAST_S, EVERY_MOST_S) ?? USUAL_EVERY_S,
    most: wholeIn(params.get('most'), 1, 64),
  };
}

/** What is usual is left out. */
export function writeOptions(params: URLSearchParams, options: WallOptions): URLSearchParams {
  const next = new URLSearchParams(params);
  const { group, show, every_s, most } = options;
  const put = (key: string, value: string | undefined) => {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  };
  put('group', group);
  put('show', show === 'live' ? show : undefined);
  put('every', every_s === USUAL_EVERY_S ? undefined : String(every_s));
  put('most', most === undefined ? undefined : String(most));
  return next;
}
