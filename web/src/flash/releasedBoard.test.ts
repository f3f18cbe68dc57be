import { expect, it, vi } from 'vitest';
import type { Release } from '../api/firmware';
import { serveLocally } from './boardFolder';
import { isForABoard, releasedBoard, sizeWords } from './releasedBoard';

const RELEASE: Release = {
  id: 'r1',
  model: 't-sim7600-mega',
  version: '1.2.0',
  security: 1,
  downgrade: false,
  size_bytes: 1_000_000,
  sha256: '',
  key: '',
  actor: 'anna',
  created_at: 0,
};
const IMAGE = { release: 'r1', chip: 'ESP32', size_bytes: 1_065_536 } as const;
const ADDRESS = new URL('https://photos.example.org/api/v1/releases/r1/flash-image');

it('is the whole flash, which is fetched from the server', async () => {
  const made: Blob[] = [];
  const revoked = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:here/${made.push(blob as Blob)}`);
  const board = releasedBoard(RELEASE, IMAGE, ADDRESS);
  expect(sizeWords(board)).toBe('ESP32, 1041 KB');
  const { manifest, release } = serveLocally(board);
  expect(manifest).toBe('blob:here/1');
  expect(JSON.parse((await made[0]?.text()) ?? '')).toEqual({
    name: 'Heliograph camera, t-sim7600-mega',
    version: '1.2.0',
    new_install_prompt_erase: true,
    new_install_improv_wait_time: 15,
    builds: [{ chipFamily: 'ESP32', parts: [{ path: ADDRESS.href, offset: 0 }] }],
  });
  release();
  expect(revoked.mock.calls).toEqual([['blob:here/1']]);
});

it.each([
  ['t-sim7600-mega', true],
  ['heliograph-cam-x86_64', false],
])('knows that no cable leads to a program for Linux: %s', (model, expected) => {
  expect(isForABoard({ ...RELEASE, model })).toBe(expected);
});
