import { expect, it } from 'vitest';
import { readFrame, readMessage } from './frame';

// The golden bytes of protocol/frame_test.cpp, behind a camera's id.
const HEADER = [
  1, 1, 1, 0, 7, 0, 0, 0, 0x2a, 0, 0, 0, 0xcb, 0x29, 0x58, 0x04, 0xa2, 0x01, 0, 0, 4, 0, 0, 0, 0x78, 0x56,
  0x34, 0x12, 0, 0, 0, 0,
];
const JPEG = [0xff, 0xd8, 0xff, 0xd9];

function message(header: readonly number[] = HEADER, jpeg: readonly number[] = JPEG): ArrayBuffer {
  const id = new TextEncoder().encode('1m81wctr5b8y7');
  return new Uint8Array([...id, 0, 0, 0, ...header, ...jpeg]).buffer;
}

it('reads a frame', () => {
  expect(readFrame(message())).toEqual({
    camera: '1m81wctr5b8y7',
    name: '7-2a-12345678',
    stream: 7,
    sequence: 42,
    capturedAt: 0x1a2045829cb,
    jpeg: new Uint8Array(JPEG),
  });
});

it('does not guess when a picture was taken', () => {
  expect(readFrame(message(HEADER.with(2, 0)))?.capturedAt).toBeUndefined();
});

it('takes nothing for a frame that is none', () => {
  expect(readFrame(new ArrayBuffer(0))).toBeUndefined();
  expect(readFrame(message().slice(0, 47))).toBeUndefined();
  expect(readFrame(message(HEADER.with(0, 2)))).toBeUndefined();
  expect(readFrame(message(HEADER.with(1, 9)))).toBeUndefined();
  expect(readFrame(message(HEADER, [0xff]))).toBeUndefined();
});

it('reads the state of a camera', () => {
  const text = '{"type":"state","camera":"c","linked":true,"dropped":3,"server_time":5}';
  const state = { camera: 'c', linked: true, dropped: 3, serverTime: 5 };
  expect(readMessage(text)).toEqual({ type: 'state', state });
});

it('reads what became of a picture that was to be kept', () => {
  const kept = (text: string) => {
    const message = readMessage(text);
    return message?.type === 'kept' ? message.kept : undefined;
  };
  expect(kept('{"type":"kept","camera":"c","image":"i"}')).toEqual({ camera: 'c', problem: undefined });
  expect(kept('{"type":"not-kept","camera":"c","detail":"full"}')).toEqual({ camera: 'c', problem: 'full' });
  expect(kept('{"type":"refused","camera":"c","detail":"no"}')).toEqual({ camera: 'c', problem: 'no' });
  expect(readMessage('{"type":"later","camera":"c"}')).toBeUndefined();
  expect(readMessage('{"type":"state"}')).toBeUndefined();
});
