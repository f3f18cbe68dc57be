import { describe, expect, test } from 'vitest';
import type { Camera } from '../api/gallery';
import { aCamera } from '../fleet/aFleetCamera';
import { clustersIn, indexOf, MAX_ZOOM, placed, worstPresence, type Pin } from './pins';

const camera = (name: string, presence: Camera['presence'] = 'online') => aCamera(name, { presence });

test('a camera stands where it told, where somebody has put it, or beside the map', () => {
  const { pins, unplaced } = placed([
    { camera: camera('Barn'), place: null },
    { camera: camera('Mast'), place: { lat_e7: 0, lon_e7: 10_000_000, by_hand: true } },
    { camera: camera('Weir'), place: { lat_e7: 464_530_000, lon_e7: -112_580_000, by_hand: false } },
  ]);
  expect(pins).toEqual([
    { camera: camera('Mast'), lat: 0, lon: 1, byHand: true },
    { camera: camera('Weir'), lat: 46.453, lon: -11.258, byHand: false },
  ]);
  expect(unplaced.map(({ name }) => name)).toEqual(['Barn']);
});

describe('cameras that stand close', () => {
  const pins: Pin[] = [
    { camera: camera('A'), lat: 46.4, lon: 11.2, byHand: false },
    { camera: camera('B', 'silent'), lat: 46.4004, lon: 11.2004, byHand: false },
    { camera: camera('C'), lat: 40, lon: 9, byHand: false },
  ];
  const index = indexOf(pins);
  const world = [-180, -85, 180, 85] as const;
  const names = (zoom: number) =>
    clustersIn(index, pins, world, zoom)
      .map((cluster) =>
        cluster.pins
          .map((pin) => pin.camera.name)
          .sort()
          .join(),
      )
      .sort();

  test('are one mark from far away, and fall apart when somebody comes near', () => {
    expect(names(1)).toEqual(['A,B,C']);
    expect(names(8)).toEqual(['A,B', 'C']);
    const [together] = clustersIn(index, pins, [11, 46, 12, 47], 8);
    expect(names(together?.opensAt ?? 0)).toEqual(['A', 'B', 'C']);
  });

  test('show the worst of them', () => {
    const [together] = clustersIn(index, pins, [11, 46, 12, 47], 8);
    expect(worstPresence(together?.pins ?? [])).toBe('silent');
    expect(worstPresence(pins.slice(2))).toBe('online');
  });

  test('stay one mark where they hang on one mast', () => {
    const mast = [camera('A'), camera('B')].map((one) => ({ camera: one, lat: 1, lon: 1, byHand: false }));
    expect(clustersIn(indexOf(mast), mast, world, MAX_ZOOM)).toHaveLength(1);
  });
});
