import { expect, it, vi } from 'vitest';
import { Frames } from './frames';

class Picture {
  static open = 0;
  closed = false;
  constructor() {
    Picture.open += 1;
  }
  close() {
    expect(this.closed).toBe(false);
    this.closed = true;
    Picture.open -= 1;
  }
}

/** Loads that end when the test says so. */
function stage() {
  Picture.open = 0;
  const asked: number[] = [];
  const aborted: number[] = [];
  const pending = new Map<number, { resolve: (picture: Picture) => void; reject: (reason: Error) => void }>();
  const onChange = vi.fn();
  const frames = new Frames<Picture>((index, signal) => {
    asked.push(index);
    signal.addEventListener('abort', () => aborted.push(index));
    return new Promise((resolve, reject) => pending.set(index, { resolve, reject }));
  }, onChange);
  const settle = async (act: () => void) => {
    act();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    frames,
    asked,
    aborted,
    onChange,
    arrive: (index: number) => settle(() => pending.get(index)?.resolve(new Picture())),
    fail: (index: number) => settle(() => pending.get(index)?.reject(new Error('gone'))),
  };
}

it('loads four at a time, the most urgent first', async () => {
  const { frames, asked, arrive, onChange } = stage();
  frames.hold([5, 6, 7, 8, 4, 3]);
  expect(asked).toEqual([5, 6, 7, 8]);
  expect(frames.readiness(5)).toBe('waiting');
  await arrive(6);
  expect(asked).toEqual([5, 6, 7, 8, 4]);
  expect(frames.readiness(6)).toBe('ready');
  expect(frames.get(6)).toBeInstanceOf(Picture);
  expect(onChange).toHaveBeenCalledOnce();
});

it('lets go of what is not wanted any more, loaded or on its way', async () => {
  const { frames, aborted, arrive } = stage();
  frames.hold([0, 1]);
  await arrive(0);
  frames.hold([2]);
  expect(Picture.open).toBe(0);
  expect(aborted).toEqual([1]);
  // It comes all the same.
  await arrive(1);
  expect(Picture.open).toBe(0);
  expect(frames.readiness(1)).toBe('waiting');
});

it('asks once for what is held on', async () => {
  const { frames, asked, arrive } = stage();
  frames.hold([0]);
  await arrive(0);
  frames.hold([0, 1]);
  frames.hold([1, 0]);
  expect(asked).toEqual([0, 1]);
});

it('asks again for what it let go', async () => {
  const { frames, asked, arrive } = stage();
  frames.hold([0]);
  frames.hold([]);
  frames.hold([0]);
  expect(asked).toEqual([0, 0]);
  await arrive(0);
  expect(frames.readiness(0)).toBe('ready');
  expect(Picture.open).toBe(1);
});

it('says what will not come, and goes on with the others', async () => {
  const { frames, asked, fail } = stage();
  frames.hold([0, 1, 2, 3, 4]);
  await fail(0);
  expect(frames.readiness(0)).toBe('failed');
  expect(asked).toEqual([0, 1, 2, 3, 4]);
});

it('holds nothing when it ends', async () => {
  const { frames, arrive } = stage();
  frames.hold([0, 1]);
  await arrive(0);
  frames.dispose();
  await arrive(1);
  expect(Picture.open).toBe(0);
});
