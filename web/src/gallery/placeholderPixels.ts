// What a placeholder looks like. Pure.
import { thumbHashToRGBA } from 'thumbhash';

// Bytes of the shortest that there is. The library reads beyond the end of less.
const SHORTEST = 5;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** `hash` as the server writes it; undefined for what is none. */
export function placeholderPixels(hash: string): Pixels | undefined {
  const bytes = bytesOf(hash);
  if (bytes === undefined || bytes.length < SHORTEST) return undefined;
  const { w, h, rgba } = thumbHashToRGBA(bytes);
  return { width: w, height: h, rgba: new Uint8ClampedArray(rgba) };
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  } catch {
    return undefined;
  }
}
