import { describe, expect, it } from 'vitest';
import {
  AHEAD,
  framesToHold,
  skippedWords,
  startAt,
  tick,
  type Film,
  type Readiness,
  type Run,
} from './player';

describe('frames that are kept ready', () => {
  it('are a bounded number, the next ones first', () => {
    const held = framesToHold(100, 1000, false);
    expect(held.slice(0, 3)).toEqual([100, 101, 102]);
    expect(held).toHaveLength(1 + AHEAD + 4);
    expect(Math.min(...held)).toBe(96);
  });

  it.each([
    ['at the beginning', 0, 100, false, [0, 1, 2], 17],
    ['at the end', 99, 100, false, [99, 98, 97], 5],
    ['at the end of what loops', 99, 100, true, [99, 0, 1], 21],
    ['of a short film that loops', 1, 3, true, [1, 2, 0], 3],
    ['of one picture', 0, 1, false, [0], 1],
    ['of none', 0, 0, true, [], 0],
  ] as const)('%s', (_, index, count, loop, first, length) => {
    const held = framesToHold(index, count, loop);
    expect(held.slice(0, 3)).toEqual(first);
    expect(held).toHaveLength(length);
    expect(held.every((i) => i >= 0 && i < count)).toBe(true);
  });
});

describe('a film', () => {
  const film = (states: string, more: Partial<Film> = {}): Film => ({
    count: states.length,
    speed: 10,
    loop: false,
    // r: ready, w: waiting, x: failed.
    readiness: (i): Readiness => ({ r: 'ready', w: 'waiting', x: 'failed' })[states[i] ?? 'w'] as Readiness,
    ...more,
  });
  const at = (index: number): Run => startAt(index, 0);

  it.each([
    // [what is there, ms since frame 0, frame shown, skipped, stalled, ended]
    ['is not ahead of its time', 'rrrr', 99, 0, 0, false, false],
    ['shows the next', 'rrrr', 100, 1, 0, false, false],
    ['skips what a slow screen has no time for', 'rrrr', 290, 2, 1, false, false],
    ['ends at its end', 'rrrr', 300, 3, 2, false, true],
    ['and does not run past it', 'rrrr', 9_000, 3, 2, false, true],
    ['waits a while for what is late', 'rwww', 300, 0, 0, false, false],
    ['skips what is late when a later one is there', 'rwwr', 300, 3, 2, false, true],
    ['passes over what does not come', 'rxrr', 100, 1, 1, false, false],
    ['passes over it with what follows', 'rxrr', 200, 2, 1, false, false],
    ['ends where nothing more comes', 'rxxx', 300, 3, 3, false, true],
    ['waits behind what does not come', 'rxwr', 200, 1, 1, false, false],
  ] as const)('%s', (_, states, now, index, skipped, stalled, ended) => {
    const next = tick(at(0), now, film(states));
    expect([next.run.at, next.skipped, next.stalled, next.ended]).toEqual([index, skipped, stalled, ended]);
  });

  it('stands still when it waits too long, and goes on from there', () => {
    const waiting = film('r'.padEnd(30, 'w'));
    const still = tick(at(0), 1_200, waiting);
    expect(still).toMatchObject({ stalled: true, skipped: 0, run: { at: 0, since: 1_200, from: 0 } });
    // Everything is there a minute later: nothing of that minute is skipped.
    const resumed = tick(tick(still.run, 61_200, waiting).run, 61_300, film('r'.repeat(30)));
    expect(resumed).toMatchObject({ skipped: 0, stalled: false, run: { at: 1 } });
  });

  it('begins again where it loops', () => {
    const looping = film('rrr', { loop: true });
    let run = at(2);
    const seen = [100, 200, 300, 400].map((now) => (run = tick(run, now, looping).run).at % 3);
    expect(seen).toEqual([0, 1, 2, 0]);
    expect(tick(at(0), 100, looping).ended).toBe(false);
  });

  it('shows every frame once at its speed', () => {
    const all = film('r'.repeat(50), { speed: 25 });
    let run = at(0);
    const seen = new Set<number>();
    for (let now = 0; now <= 2_000; now += 16) {
      const next = tick(run, now, all);
      expect(next.skipped).toBe(0);
      run = next.run;
      seen.add(run.at);
    }
    expect(seen.size).toBe(50);
  });
});

it('says what was skipped', () => {
  expect([0, 1, 7].map(skippedWords)).toEqual([
    '',
    '1 picture was skipped: it came too late',
    '7 pictures were skipped: they came too late',
  ]);
});
