// What a reader sees who scrolls: how often the picture moves, and how long a place stays without its picture.
import type { Tab } from './tab.ts';

export interface Scroll {
  pictures: number;
  frame_ms: number[];
  /** Of each place that came into view without its picture: until it had it, or was out of view again. */
  blank_ms: number[];
}

/** Until the gallery shows its first picture. */
export function firstShown(tab: Tab): Promise<void> {
  return tab.until(() => document.querySelector('[data-testid=wall] img[data-state=shown]') !== null);
}

/** Downwards at an even pace. */
export function scrollFor(tab: Tab, pxPerS: number, seconds: number): Promise<Scroll> {
  return tab.evaluate(
    ({ pxPerS, seconds }) =>
      new Promise<Scroll>((done) => {
        const wall = document.querySelector<HTMLElement>('[data-testid=wall]');
        if (!wall) throw new Error('there is no wall');
        const seen = new Set<string>();
        const blankSince = new Map<string, number>();
        const frame_ms: number[] = [];
        const blank_ms: number[] = [];
        const { top, bottom } = wall.getBoundingClientRect();

        const look = (now: number) => {
          const blank = new Set<string>();
          for (const tile of wall.querySelectorAll<HTMLElement>('[data-index]')) {
            const box = tile.getBoundingClientRect();
            if (box.bottom <= top || box.top >= bottom) continue;
            const index = tile.dataset.index ?? '';
            seen.add(index);
            if (!tile.querySelector('img[data-state=shown]')) blank.add(index);
          }
          for (const index of blank) if (!blankSince.has(index)) blankSince.set(index, now);
          for (const [index, since] of blankSince) {
            if (blank.has(index)) continue;
            blank_ms.push(now - since);
            blankSince.delete(index);
          }
        };

        let began: number | undefined;
        let before = 0;
        const step = (now: number) => {
          if (began === undefined) began = now;
          else frame_ms.push(now - before);
          before = now;
          look(now);
          if (now - began < seconds * 1000) {
            wall.scrollTop += (pxPerS * (frame_ms.at(-1) ?? 0)) / 1000;
            requestAnimationFrame(step);
          } else {
            for (const since of blankSince.values()) blank_ms.push(now - since);
            done({ pictures: seen.size, frame_ms, blank_ms });
          }
        };
        requestAnimationFrame(step);
      }),
    { pxPerS, seconds },
  );
}

/** The whole height in so many seconds, as one drags the bar, and then until every place in view has its picture. */
export async function sweep(tab: Tab, seconds: number): Promise<{ frame_ms: number[]; settled_ms: number }> {
  const frame_ms = await tab.evaluate(
    (seconds) =>
      new Promise<number[]>((done) => {
        const wall = document.querySelector<HTMLElement>('[data-testid=wall]');
        if (!wall) throw new Error('there is no wall');
        const intervals: number[] = [];
        const height = wall.scrollHeight - wall.clientHeight;
        let began: number | undefined;
        let before = 0;
        const step = (now: number) => {
          if (began === undefined) began = now;
          else intervals.push(now - before);
          before = now;
          const part = (now - began) / (seconds * 1000);
          wall.scrollTop = height * Math.min(part, 1);
          if (part < 1) requestAnimationFrame(step);
          else done(intervals);
        };
        requestAnimationFrame(step);
      }),
    seconds,
  );
  const stopped = Date.now();
  await tab.until(() => {
    const wall = document.querySelector<HTMLElement>('[data-testid=wall]');
    const { top, bottom } = wall?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    const inView = [...(wall?.querySelectorAll<HTMLElement>('[data-index]') ?? [])].filter((tile) => {
      const box = tile.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
    return inView.length > 0 && inView.every((tile) => tile.querySelector('img[data-state=shown]'));
  });
  return { frame_ms, settled_ms: Date.now() - stopped };
}
