import { afterEach, expect, it, vi } from 'vitest';
import { exposureRows, fetchExposure } from './exposure';

const START = [0xff, 0xd8];
const END = [0xff, 0xd9];

/** EXIF with an exposure of 1/125 s and ISO 400, big-endian. */
function exif(): number[] {
  const entry = (tag: number, type: number, count: number, value: number[]) => [
    tag >> 8,
    tag & 255,
    0,
    type,
    0,
    0,
    0,
    count,
    ...value,
  ];
  const tiff = [
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, ...entry(0x8769, 4, 1, [0, 0, 0, 26]), 0, 0, 0, 0],
    ...[0, 2, ...entry(0x829a, 5, 1, [0, 0, 0, 56]), ...entry(0x8827, 3, 1, [1, 144, 0, 0]), 0, 0, 0, 0],
    ...[0, 0, 0, 1, 0, 0, 0, 125],
  ];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return [0xff, 0xe1, 0, body.length + 2, ...body];
}

function answer(bytes: number[], status = 206) {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(new Uint8Array(bytes), { status }))),
  );
}
afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();

it('reads the beginning of a file, and what it says', async () => {
  answer([...START, ...exif(), ...END]);
  expect(await fetchExposure('/uploads/a.jpg', signal)).toEqual([
    { name: 'Time', value: '1/125 s' },
    { name: 'Sensitivity', value: 'ISO 400' },
  ]);
  expect(vi.mocked(fetch).mock.calls[0]?.[1]?.headers).toEqual({ Range: 'bytes=0-65999' });
});

it.each([
  ['no EXIF', [...START, ...END]],
  ['EXIF that breaks off', [...START, ...exif().slice(0, 20)]],
  ['no JPEG', [1, 2, 3]],
])('says nothing of %s', async (_, bytes) => {
  answer(bytes);
  expect(await fetchExposure('/uploads/a.jpg', signal)).toEqual([]);
});

it('fails when the file cannot be read', async () => {
  answer([], 404);
  await expect(fetchExposure('/uploads/a.jpg', signal)).rejects.toThrow('404');
});

it('leaves out what was not written', () => {
  expect(exposureRows({})).toEqual([]);
  expect(exposureRows({ Make: { description: 'Raspberry Pi' }, FNumber: { description: 'f/2.8' } })).toEqual([
    { name: 'Aperture', value: 'f/2.8' },
    { name: 'Made by', value: 'Raspberry Pi' },
  ]);
  expect(exposureRows({ Model: { description: '  ' } })).toEqual([]);
});
