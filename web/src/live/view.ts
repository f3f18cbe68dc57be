// What a reader is told about the picture they watch. Pure.
import type { KeptPicture, LiveCamera, LiveFrame } from './frame';

export interface LiveView {
  /** lost: the server does not answer; trying again. */
  connection: 'connecting' | 'open' | 'lost';
  /** Undefined until the server has said. */
  linked: boolean | undefined;
  /** From the shutter to this screen, by the server's clock; undefined when the camera does not know the time. */
  latencyMs: number | undefined;
  /** Pictures a second, over the last ones. */
  fps: number | undefined;
  dropped: number;
  /** What the server's clock is ahead of ours. */
  clockOffsetMs: number;
  /** When the last pictures were shown, by our clock. */
  shownAt: readonly number[];
  /** What the server calls the picture that is shown. */
  shown: string | undefined;
  /** Pictures that were kept by themselves, and why the last one was not. */
  kept: number;
  keepProblem: string | undefined;
}

export const NOTHING_YET: LiveView = {
  connection: 'connecting',
  linked: undefined,
  latencyMs: undefined,
  fps: undefined,
  dropped: 0,
  clockOffsetMs: 0,
  shownAt: [],
  shown: undefined,
  kept: 0,
  keepProblem: undefined,
};

export type LiveEvent =
  | { type: 'connection'; connection: LiveView['connection'] }
  | { type: 'state'; state: LiveCamera; now: number }
  | { type: 'shown'; frame: Pick<LiveFrame, 'name' | 'capturedAt'>; now: number }
  | { type: 'kept'; kept: KeptPicture };

// The rate is that of the last two seconds, or so.
const RATE_OVER_FRAMES = 20;

export function nextView(view: LiveView, event: LiveEvent): LiveView {
  switch (event.type) {
    case 'connection':
      // What is not connected shows nothing that is true now.
      return event.connection === 'open'
        ? { ...view, connection: 'open' }
        : { ...NOTHING_YET, connection: event.connection, kept: view.kept };
    case 'state':
      return {
        ...view,
        // What it showed before it went is not now.
        ...(event.state.linked
          ? {}
          : { shownAt: [], shown: undefined, latencyMs: undefined, fps: undefined }),
        linked: event.state.linked,
        dropped: event.state.dropped,
        clockOffsetMs: event.state.serverTime - event.now,
      };
    case 'shown': {
      const shownAt = [...view.shownAt.slice(1 - RATE_OVER_FRAMES), event.now];
      const first = shownAt[0] ?? event.now;
      const { capturedAt } = event.frame;
      return {
        ...view,
        shownAt,
        shown: event.frame.name,
        fps:
          shownAt.length > 1 && event.now > first
            ? ((shownAt.length - 1) * 1000) / (event.now - first)
            : undefined,
        latencyMs:
          capturedAt === undefined ? undefined : Math.max(0, event.now + view.clockOffsetMs - capturedAt),
      };
    }
    case 'kept': {
      const { problem } = event.kept;
      return { ...view, kept: view.kept + (problem === undefined ? 1 : 0), keepProblem: problem };
    }
  }
}

/** Whether what is shown is the camera now. */
export function isMoving(view: LiveView): boolean {
  return view.connection === 'open' && view.linked === true && view.shownAt.length > 0;
}

/** "0.2 s behind · 9.8 pictures a second · 3 dropped", as far as it is known. */
export function viewWords(view: LiveView): string {
  if (view.connection === 'lost') return 'The server does not answer; trying again';
  if (view.linked === false) return 'The camera is not connected';
  if (view.shownAt.length === 0) return 'Asking the camera';
  const words = [
    view.latencyMs === undefined ? 'delay unknown' : `${(view.latencyMs / 1000).toFixed(1)} s behind`,
  ];
  if (view.fps !== undefined) words.push(`${view.fps.toFixed(1)} pictures a second`);
  if (view.dropped > 0) words.push(`${view.dropped} dropped`);
  return words.join(' · ');
}
