import { describe, expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { HOUR_MS } from '../time/zone';
import { hoursOfNewest, hoursOfPage } from './known';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const hour = (back: number) => NOON - back * HOUR_MS;

/** `places`: hours back. */
function page(next: string | null, ...places: number[]) {
  return { images: places.map((back) => ({ id: `img_${back}`, captured_at: hour(back) }) as Image), next };
}

const told = (hours: ReturnType<typeof hoursOfNewest>) =>
  [...hours].map(([start, { images, complete, cursor }]) => [
    (NOON - start) / HOUR_MS,
    images.length,
    complete ? 'whole' : cursor,
  ]);

describe('hoursOfNewest', () => {
  it.each([
    [
      'all there are',
      page(null, 0, -0.5, 2),
      [
        [0, 2, 'whole'],
        [2, 1, 'whole'],
      ],
    ],
    [
      'the newest of more',
      page('more', 0, 1, 1),
      [
        [0, 1, 'whole'],
        [1, 2, 'more'],
      ],
    ],
    ['of one busy hour', page('more', 0, 0, 0), [[0, 3, 'more']]],
    ['none', page(null), []],
  ])('knows %s', (_, newest, hours) => {
    expect(told(hoursOfNewest(newest))).toEqual(hours);
  });
});

describe('hoursOfPage', () => {
  const request = { from: hour(3), to: hour(-1), cursor: undefined, hours: [hour(0), hour(1), hour(3)] };

  it.each([
    [
      'all that was asked for',
      page(null, 0, 1, 3),
      [
        [0, 1, 'whole'],
        [1, 1, 'whole'],
        [3, 1, 'whole'],
      ],
    ],
    [
      'hours that are empty now',
      page(null, 1),
      [
        [0, 0, 'whole'],
        [1, 1, 'whole'],
        [3, 0, 'whole'],
      ],
    ],
    ['what stands before the break', page('more', 0, 0, 1), [[0, 2, 'whole']]],
    ['nothing when it broke off at once', page('more', 0, 0), []],
  ])('knows %s', (_, answer, hours) => {
    expect(told(hoursOfPage(request, answer))).toEqual(hours);
  });
});
