import { expect, test } from 'vitest';
import { degreesWords, placeOf, placeWords, readDegrees, spotOf } from './placing';

test.each([
  ['as it is', { lat: 46.453, lon: 11.258 }, { lat_e7: 464_530_000, lon_e7: 112_580_000 }],
  ['once around the world', { lat: -33.5, lon: 371.258 }, { lat_e7: -335_000_000, lon_e7: 112_580_000 }],
  ['the other way', { lat: 0, lon: -190 }, { lat_e7: 0, lon_e7: 1_700_000_000 }],
  ['beyond the pole', { lat: 95, lon: 0 }, { lat_e7: 900_000_000, lon_e7: 0 }],
])('a spot becomes a place: %s', (_, spot, place) => {
  expect(placeOf(spot)).toEqual(place);
});

test('a place becomes the spot it was', () => {
  const spot = { lat: 46.453, lon: -11.258 };
  expect(spotOf(placeOf(spot))).toEqual(spot);
});

test.each([
  ['46.453', 'lat', 46.453],
  [' -46,453 ', 'lat', -46.453],
  ['179.9999', 'lon', 179.9999],
  ['90.1', 'lat', undefined],
  ['181', 'lon', undefined],
  ['', 'lat', undefined],
  ['46° N', 'lat', undefined],
  ['1e2', 'lon', undefined],
] as const)('what is typed: %j as %s', (text, of, degrees) => {
  expect(readDegrees(text, of)).toBe(degrees);
});

test('a number in a field has no more digits than it means', () => {
  expect(degreesWords(46.453)).toBe('46.453');
  expect(degreesWords(-11.258_000_34)).toBe('-11.258');
});

test('a place in words', () => {
  expect(placeWords(46.453, 11.258)).toBe('46.4530° N, 11.2580° E');
  expect(placeWords(-33.5, -70.25)).toBe('33.5000° S, 70.2500° W');
});
