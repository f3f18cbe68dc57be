// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveSocket, type LiveListener } from './liveSocket';

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  onopen: () => void = () => undefined;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  said: { type: string; camera: string }[] = [];
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text) as { type: string; camera: string });
  }
  close(): void {
    this.readyState = 3;
  }
  opens(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function listener(): LiveListener & { connection: string[] } {
  const connection: string[] = [];
  return {
    connection,
    onConnection: (one) => connection.push(one),
    onState: vi.fn(),
    onFrame: vi.fn(),
    onKept: vi.fn(),
  };
}

const wish = (camera: string) => ({ camera, fps: 2, width: 320 });
const last = () => {
  const made = FakeSocket.made.at(-1);
  if (!made) throw new Error('no socket was opened');
  return made;
};
const said = () => last().said.map(({ type, camera }) => `${type} ${camera}`);

it('carries all cameras of a page, and each hears of its own', () => {
  const socket = new LiveSocket('/api/v1/live');
  const [weir, barn] = [listener(), listener()];
  socket.watch(wish('weir'), weir);
  last().opens();
  socket.watch(wish('barn'), barn);
  expect(FakeSocket.made).toHaveLength(1);
  expect(said()).toEqual(['watch weir', 'watch barn']);
  expect(weir.connection).toEqual(['connecting', 'open']);
  expect(barn.connection).toEqual(['open']);
  last().onmessage?.({ data: '{"type": "state", "camera": "barn", "linked": true}' });
  expect(barn.onState).toHaveBeenCalledOnce();
  expect(weir.onState).not.toHaveBeenCalled();
});

it('asks for all of them again when the server is back, and for one series with them', () => {
  const socket = new LiveSocket('/api/v1/live');
  const weir = listener();
  socket.watch(wish('weir'), weir).keepEvery(5);
  socket.watch(wish('barn'), listener());
  last().opens();
  last().onclose?.();
  expect(weir.connection.at(-1)).toBe('lost');
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.made).toHaveLength(2);
  last().opens();
  expect(said()).toEqual(['watch weir', 'keep weir', 'watch barn']);
});

it('lets one camera go, and closes with the last', () => {
  const socket = new LiveSocket('/api/v1/live');
  const weir = socket.watch(wish('weir'), listener());
  const barn = socket.watch(wish('barn'), listener());
  last().opens();
  weir.end();
  weir.end();
  expect(said().slice(2)).toEqual(['unwatch weir']);
  barn.end();
  expect(last().readyState).toBe(3);
  vi.advanceTimersByTime(600_000);
  expect(FakeSocket.made).toHaveLength(1);
});

it('lets go of nobody who watches the same camera anew', () => {
  const socket = new LiveSocket('/api/v1/live');
  const before = socket.watch(wish('weir'), listener());
  last().opens();
  socket.watch(wish('weir'), listener());
  before.end();
  expect(said()).toEqual(['watch weir', 'watch weir']);
  expect(last().readyState).toBe(FakeSocket.OPEN);
});
