import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../time/zone';
import { PAGE_SIZE, planRequests, type HourState } from './paging';
import type { Hour } from './hours';
import { buildTimeline } from './timeline';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const hour = (back: number) => NOON - back * HOUR_MS;

function timeline(...newestFirst: number[]) {
  return buildTimeline(new Map(newestFirst.map((count, back) => [hour(back), count])), () => 0);
}

const NOTHING = () => undefined;

function knowing(states: Record<number, HourState>) {
  return ({ start }: Hour) => states[start];
}

describe('planRequests', () => {
  it('asks for quiet neighbours together, up to a page', () => {
    const plan = planRequests(timeline(90, 90, 90, 5), { first: 0, last: 274 }, NOTHING);
    expect(plan).toEqual([
      { from: hour(1), to: hour(-1), cursor: undefined, hours: [hour(0), hour(1)] },
      { from: hour(3), to: hour(1), cursor: undefined, hours: [hour(2), hour(3)] },
    ]);
  });

  it('asks only for what is in view', () => {
    const plan = planRequests(timeline(90, 90, 90), { first: 95, last: 100 }, NOTHING);
    expect(plan.flatMap(({ hours }) => hours)).toEqual([hour(1)]);
  });

  it('skips what is known', () => {
    const state = knowing({ [hour(1)]: { known: 10, cursor: undefined, complete: true } });
    const plan = planRequests(timeline(10, 10, 10), { first: 0, last: 29 }, state);
    expect(plan.flatMap(({ hours }) => hours)).toEqual([hour(0), hour(2)]);
  });

  it('reads a busy hour page by page, as far as needed', () => {
    const busy = timeline(3600);
    expect(planRequests(busy, { first: 0, last: 30 }, NOTHING)).toMatchObject([{ cursor: undefined }]);
    const state = knowing({ [hour(0)]: { known: PAGE_SIZE, cursor: 'next', complete: false } });
    expect(planRequests(busy, { first: 100, last: 130 }, state)).toEqual([]);
    expect(planRequests(busy, { first: 190, last: 230 }, state)).toEqual([
      { from: hour(0), to: hour(-1), cursor: 'next', hours: [hour(0)] },
    ]);
  });

  it('is quiet about a range outside', () => {
    expect(planRequests(timeline(5), { first: 7, last: 9 }, NOTHING)).toEqual([]);
    expect(planRequests(timeline(), { first: 0, last: 9 }, NOTHING)).toEqual([]);
  });
});
