import { expect, test } from 'vitest';
import { currentness, linkToPlace, PLACE_NAMES, PLACES, type Place } from './places';

test('no two places have one key', () => {
  const keys = PLACE_NAMES.flatMap((place) => PLACES[place].key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('there is a way to every place', () => {
  const lost = PLACE_NAMES.filter((place) => !PLACES[place].spot && !PLACES[place].within);
  expect(lost).toEqual([]);
});

test.each<[Place, string]>([
  ['pictures', '/'],
  ['fleet', '/?page=fleet'],
])('%s is at %s', (place, link) => {
  expect(linkToPlace(place)).toBe(link);
});

test.each<[way: Place, here: Place, current: string | undefined]>([
  ['fleet', 'fleet', 'page'],
  ['fleet', 'camera', 'true'],
  ['fleet', 'pictures', undefined],
  ['pictures', 'pictures', 'page'],
])('the way to %s, seen from %s', (way, here, current) => {
  expect(currentness(way, here)).toBe(current);
});
