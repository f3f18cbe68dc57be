// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followChanges, type ChangeListener } from './changes';

/** Stands in for the browser's; the last one made is the one in use. */
class FakeEventSource extends EventTarget {
  static readonly OPEN = 1;
  static made: FakeEventSource[] = [];
  readyState = 0;
  onopen?: () => void;
  onerror?: () => void;

  constructor(readonly url: string) {
    super();
    FakeEventSource.made.push(this);
  }

  close() {
    this.readyState = 2;
  }

  open() {
    this.readyState = FakeEventSource.OPEN;
    this.onopen?.();
  }

  send(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

function current(): FakeEventSource {
  const source = FakeEventSource.made.at(-1);
  if (!source) throw new Error('nothing was connected');
  return source;
}

function setHidden(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('followChanges', () => {
  let listener: {
    [K in keyof ChangeListener]-?: ReturnType<typeof vi.fn<Required<ChangeListener>[K]>>;
  };
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    vi.stubGlobal('EventSource', FakeEventSource);
    FakeEventSource.made = [];
    listener = {
      onState: vi.fn(),
      onImage: vi.fn(),
      onThumbnail: vi.fn(),
      onOrders: vi.fn(),
      onImages: vi.fn(),
      onAnalysed: vi.fn(),
      onRollout: vi.fn(),
      onOutdated: vi.fn(),
    };
    stop = followChanges(listener);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  const states = () => listener.onState.mock.calls.map(([state]) => state);

  it('passes on what it hears', () => {
    current().open();
    listener.onOutdated.mockClear();
    current().send('image-added', { id: 'a' });
    current().send('thumbnail-ready', { id: 'a' });
    current().send('command-changed', { id: 'a' });
    current().send('settings-changed', { camera_id: 'a' });
    current().send('rollout-changed', { id: 'a' });
    current().send('image-analysed', { id: 'b', camera_id: 'a' });
    current().send('images-removed', null);
    current().send('images-restored', null);
    current().send('images-marked', null);
    current().send('skipped', 7);
    expect(listener.onImage).toHaveBeenCalledExactlyOnceWith({ id: 'a' });
    expect(listener.onThumbnail).toHaveBeenCalledExactlyOnceWith('a');
    expect(listener.onAnalysed).toHaveBeenCalledExactlyOnceWith('b');
    expect(listener.onOrders).toHaveBeenCalledTimes(2);
    expect(listener.onRollout).toHaveBeenCalledOnce();
    expect(listener.onImages).toHaveBeenCalledTimes(3);
    expect(listener.onOutdated).toHaveBeenCalledOnce();
  });

  it('waits longer from failure to failure, and begins anew after success', () => {
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const made = FakeEventSource.made.length;
      current().onerror?.();
      let wait = 0;
      while (FakeEventSource.made.length === made) {
        vi.advanceTimersByTime(1_000);
        wait += 1;
      }
      waits.push(wait);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120]);
    current().open();
    current().onerror?.();
    vi.advanceTimersByTime(1_000);
    expect(states().slice(-2)).toEqual(['live', 'reconnecting']);
    expect(FakeEventSource.made).toHaveLength(11);
  });

  it('reads everything again after every connection', () => {
    current().open();
    expect(listener.onOutdated).toHaveBeenCalledOnce();
    current().onerror?.();
    vi.advanceTimersByTime(1_000);
    current().open();
    expect(listener.onOutdated).toHaveBeenCalledTimes(2);
  });

  it('does not wait out a pause once the network is back', () => {
    current().onerror?.();
    window.dispatchEvent(new Event('online'));
    expect(FakeEventSource.made).toHaveLength(2);
  });

  it('gives the connection back in a tab nobody looks at', () => {
    current().open();
    setHidden(true);
    vi.advanceTimersByTime(10_000);
    setHidden(false);
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.made).toHaveLength(1);
    setHidden(true);
    vi.advanceTimersByTime(60_000);
    expect(current().readyState).toBe(2);
    setHidden(false);
    expect(FakeEventSource.made).toHaveLength(2);
  });

  it('stops for good', () => {
    current().onerror?.();
    stop();
    vi.advanceTimersByTime(600_000);
    expect(FakeEventSource.made).toHaveLength(1);
  });
});
