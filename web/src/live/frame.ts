// What the server says over the live socket, read: pictures and the state of a camera. Pure.

/** One picture of a camera, as it came. */
export interface LiveFrame {
  camera: string;
  /** As the server calls it when it is to be kept. */
  name: string;
  stream: number;
  sequence: number;
  /** When the shutter opened; missing when the camera does not know the time. */
  capturedAt: number | undefined;
  jpeg: Uint8Array<ArrayBuffer>;
}

export interface LiveCamera {
  camera: string;
  linked: boolean;
  /** Pictures that newer ones overtook on their way here. */
  dropped: number;
  /** The server's clock when it said so. */
  serverTime: number;
}

// The camera's id as text with zeros behind it, and the header of protocol/frame.hpp, little-endian.
const ID_BYTES = 16;
const ID_LENGTH = 13;
const HEADER_BYTES = 32;
const VERSION = 1;
const TYPE_FRAME = 1;
const TIME_IS_BELIEVED = 1;

/** Undefined for anything that is no whole frame. */
export function readFrame(message: ArrayBuffer): LiveFrame | undefined {
  if (message.byteLength < ID_BYTES + HEADER_BYTES) return undefined;
  const camera = new TextDecoder().decode(new Uint8Array(message, 0, ID_LENGTH));
  const header = new DataView(message, ID_BYTES, HEADER_BYTES);
  const jpeg = new Uint8Array(message, ID_BYTES + HEADER_BYTES);
  if (header.getUint8(0) !== VERSION || header.getUint8(1) !== TYPE_FRAME) return undefined;
  if (header.getUint32(20, true) !== jpeg.byteLength) return undefined;
  const believed = (header.getUint16(2, true) & TIME_IS_BELIEVED) !== 0;
  const named = [4, 8, 24].map((offset) => header.getUint32(offset, true).toString(16));
  return {
    camera,
    name: named.join('-'),
    stream: header.getUint32(4, true),
    sequence: header.getUint32(8, true),
    capturedAt: believed ? Number(header.getBigInt64(12, true)) : undefined,
    jpeg,
  };
}

/** What became of a picture that was to be kept by itself. */
export interface KeptPicture {
  camera: string;
  /** Why it is not stored; undefined: it is. */
  problem: string | undefined;
}

export type LiveMessage = { type: 'state'; state: LiveCamera } | { type: 'kept'; kept: KeptPicture };

interface RawMessage {
  type: string;
  camera: string;
  linked: boolean;
  dropped: number;
  server_time: number;
  detail: string;
}

/** Undefined for whatever this page does not know. */
export function readMessage(text: string): LiveMessage | undefined {
  const message = JSON.parse(text) as Partial<RawMessage>;
  const { camera } = message;
  if (typeof camera !== 'string') return undefined;
  switch (message.type) {
    case 'state': {
      const state = {
        camera,
        linked: message.linked === true,
        dropped: message.dropped ?? 0,
        serverTime: message.server_time ?? 0,
      };
      return { type: 'state', state };
    }
    case 'kept':
      return { type: 'kept', kept: { camera, problem: undefined } };
    case 'not-kept':
    case 'refused':
      return { type: 'kept', kept: { camera, problem: message.detail ?? 'It was refused.' } };
    default:
      return undefined;
  }
}
