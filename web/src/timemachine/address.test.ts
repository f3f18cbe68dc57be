import { expect, it } from 'vitest';
import {
  compareAddress,
  filmAddress,
  linkToTime,
  MAX_SELECTED,
  momentsText,
  readMoments,
  sameTimeAddress,
} from './address';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const image = (captured_at: number, camera_id = 'cam') => ({ id: `i${captured_at}`, camera_id, captured_at });
const query = (address: string | undefined) =>
  Object.fromEntries(new URLSearchParams((address ?? '').slice(2)));

it('leaves out what is not said', () => {
  expect(linkToTime('film', { camera: 'a', from: '', to: undefined })).toBe('/?page=time&view=film&camera=a');
});

it('asks for the same time by the clock of the camera', () => {
  expect(query(sameTimeAddress(image(NOON), 'Asia/Tokyo'))).toEqual({
    page: 'time',
    view: 'days',
    camera: 'cam',
    zone: 'Asia/Tokyo',
    at: '21:00',
    from: '2026-11-07',
    to: '2026-12-07',
    day: '2026-11-22',
  });
});

it('compares one with another, or with what is chosen later', () => {
  expect(query(compareAddress(image(1), image(2)))).toEqual({
    page: 'time',
    view: 'compare',
    left: 'i1',
    right: 'i2',
  });
  expect(query(compareAddress(image(1)))).toEqual({ page: 'time', view: 'compare', left: 'i1' });
});

it('makes a film of a selection, in order of time', () => {
  const { moments, ...rest } = query(filmAddress([image(NOON + 5), image(NOON), image(NOON + 90_000)]));
  expect(rest).toEqual({ page: 'time', view: 'film', camera: 'cam' });
  expect(readMoments(moments ?? '')).toEqual([NOON, NOON + 5, NOON + 90_000]);
});

it.each([
  ['nothing', []],
  ['two cameras', [image(1), image(2, 'other')]],
  ['too many', Array.from({ length: MAX_SELECTED + 1 }, (_, i) => image(i))],
])('makes none of %s', (_, images) => {
  expect(filmAddress(images)).toBeUndefined();
});

it('fits into what a server takes', () => {
  const years = Array.from({ length: MAX_SELECTED }, (_, i) => image(NOON + i * 86_400_000));
  expect(filmAddress(years)?.length).toBeLessThan(4_000);
});

it.each(['', '.', 'a..b', 'A', '-1', '1e+3', 'zzzzzzzzzz', Array(401).fill('1').join('.')])(
  'reads no %s',
  (text) => {
    expect(readMoments(text)).toBeUndefined();
  },
);

it('takes the same moment once', () => {
  expect(readMoments(momentsText([7, 7, 3]))).toEqual([3, 7]);
});
