import { expect, test } from 'vitest';
import type { Command } from '../api/orders';
import { commandWords, isUnderWay, resultWords } from './commandWords';

const command: Command = {
  id: 'c1',
  camera_id: '06fk2r8m0q3zt',
  name: 'capture',
  arguments: {},
  actor: 'anna',
  state: 'queued',
  created_at: 0,
  expires_at: 0,
  changed_at: 0,
  reason: null,
  result: null,
  images: [],
};

test('says what came of it, and why', () => {
  expect(commandWords(command)).toBe('Picture: waits for the camera');
  expect(commandWords({ ...command, state: 'succeeded' })).toBe('Picture: done');
  expect(commandWords({ ...command, name: 'self-test', state: 'failed', reason: 'no light' })).toBe(
    'Self-test: failed, no light',
  );
});

test('calls an update that is put off no failure', () => {
  const update = { ...command, name: 'update-firmware', state: 'failed', reason: 'no sun' } as const;
  expect(commandWords({ ...update, result: { put_off: true } })).toBe('Update-firmware: put off, no sun');
  expect(commandWords({ ...update, result: {} })).toBe('Update-firmware: failed, no sun');
});

test('says what came of a good one beside its end', () => {
  const done = { ...command, state: 'succeeded' } as const;
  expect(resultWords(done)).toBeUndefined();
  expect(resultWords({ ...done, images: ['1', '2'], result: { boot: 'b', sequence: 1 } })).toBe('2 pictures');
  expect(resultWords({ ...done, images: ['1'], result: { boot: 'b', sequence: 1 } })).toBe('One picture');
  expect(resultWords({ ...done, result: { boot: 'b', sequence: 1 } })).toBeUndefined();
  expect(resultWords({ ...done, result: { sensor: 'ok', storage: 'no file' } })).toBe(
    'sensor: ok, storage: no file',
  );
  expect(resultWords({ ...done, state: 'failed', result: { sensor: 'no' } })).toBeUndefined();
});

test('knows what has not ended', () => {
  expect(
    (['queued', 'delivered', 'accepted'] as const).every((state) => isUnderWay({ ...command, state })),
  ).toBe(true);
  expect(isUnderWay({ ...command, state: 'expired' })).toBe(false);
});
