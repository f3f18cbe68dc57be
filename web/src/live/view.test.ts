import { expect, it } from 'vitest';
import { isMoving, nextView, NOTHING_YET, viewWords, type LiveEvent } from './view';

const STATE = { camera: 'c', linked: true, dropped: 0, serverTime: 1_000 };

function after(...events: LiveEvent[]) {
  return events.reduce(nextView, NOTHING_YET);
}

const open: LiveEvent = { type: 'connection', connection: 'open' };
const linked: LiveEvent = { type: 'state', state: STATE, now: 1_000 };

it('tells how things stand before there is a picture', () => {
  expect(viewWords(after())).toBe('Asking the camera');
  expect(viewWords(after(open, linked))).toBe('Asking the camera');
  expect(viewWords(after(open, { ...linked, state: { ...STATE, linked: false } }))).toBe(
    'The camera is not connected',
  );
  expect(viewWords(after(open, linked, { type: 'connection', connection: 'lost' }))).toBe(
    'The server does not answer; trying again',
  );
});

it('tells how old a picture is by the clock of the server', () => {
  // Ours is five seconds behind.
  const ahead: LiveEvent = { type: 'state', state: { ...STATE, serverTime: 6_000 }, now: 1_000 };
  const view = after(open, ahead, { type: 'shown', frame: { name: 'a', capturedAt: 6_100 }, now: 1_350 });
  expect(view.latencyMs).toBe(250);
  expect(viewWords(view)).toBe('0.3 s behind');
});

it('does not claim a delay that nobody knows, nor one below nothing', () => {
  const unknown = after(open, linked, {
    type: 'shown',
    frame: { name: 'a', capturedAt: undefined },
    now: 1_100,
  });
  expect(viewWords(unknown)).toBe('delay unknown');
  const early = after(open, linked, { type: 'shown', frame: { name: 'a', capturedAt: 9_000 }, now: 1_100 });
  expect(early.latencyMs).toBe(0);
});

it('counts pictures a second over the last ones, and what was dropped', () => {
  const shown = Array.from({ length: 40 }, (_, i): LiveEvent => {
    const now = 1_000 + i * (i < 20 ? 1_000 : 100);
    return { type: 'shown', frame: { name: 'a', capturedAt: now }, now };
  });
  const view = after(open, linked, ...shown, { ...linked, state: { ...STATE, dropped: 3 } });
  expect(view.fps).toBeCloseTo(10);
  expect(view.shownAt).toHaveLength(20);
  expect(viewWords(view)).toBe('0.0 s behind · 10.0 pictures a second · 3 dropped');
});

it('shows what is now, or nothing', () => {
  const shown: LiveEvent = { type: 'shown', frame: { name: 'a', capturedAt: 1_000 }, now: 1_100 };
  const gone: LiveEvent = { ...linked, state: { ...STATE, linked: false } };
  expect(isMoving(after(open, linked))).toBe(false);
  expect(isMoving(after(open, linked, shown))).toBe(true);
  expect(isMoving(after(open, linked, shown, gone))).toBe(false);
  expect(isMoving(after(open, linked, shown, gone, linked))).toBe(false);
  expect(isMoving(after(open, linked, shown, { type: 'connection', connection: 'lost' }))).toBe(false);
});

it('begins anew with the connection', () => {
  const view = after(
    open,
    linked,
    { type: 'shown', frame: { name: 'a', capturedAt: 1 }, now: 2 },
    {
      type: 'connection',
      connection: 'lost',
    },
  );
  expect(view).toEqual({ ...NOTHING_YET, connection: 'lost' });
});

it('knows what is shown, and counts what was kept by itself', () => {
  const kept: LiveEvent = { type: 'kept', kept: { camera: 'c', problem: undefined } };
  const full: LiveEvent = { type: 'kept', kept: { camera: 'c', problem: 'full' } };
  const shown: LiveEvent = { type: 'shown', frame: { name: '1-2-3', capturedAt: 1 }, now: 2 };
  const view = after(open, linked, shown, kept, full);
  expect([view.shown, view.kept, view.keepProblem]).toEqual(['1-2-3', 1, 'full']);
  expect(nextView(view, kept).keepProblem).toBeUndefined();
  const lost = nextView(view, { type: 'connection', connection: 'lost' });
  expect([lost.shown, lost.kept]).toEqual([undefined, 1]);
});
