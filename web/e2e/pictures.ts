// Pictures to upload: a few drawn by the tests' own tool, and as many distinct copies of them as wanted.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUILD_DIR } from './programs';

const SCENES = 6;
const SCENE = { width: 160, height: 120 };

const START_OF_IMAGE_BYTES = 2;
const COMMENT_MARKER = [0xff, 0xfe];
// A segment's length counts its own two bytes.
const LENGTH_BYTES = 2;

let scenes: Buffer[] | undefined;

function draw(count: number, ...options: string[]): Buffer<ArrayBuffer>[] {
  const dir = mkdtempSync(path.join(tmpdir(), 'heliograph-pictures-'));
  const size = ['--width', String(SCENE.width), '--height', String(SCENE.height), '--quality', '60'];
  try {
    execFileSync(path.join(BUILD_DIR, 'tests', 'jpeg_fixture'), [
      ...size,
      ...options,
      '--dir',
      dir,
      '--count',
      String(count),
    ]);
    return Array.from({ length: count }, (_, i) =>
      readFileSync(path.join(dir, `${String(i + 1).padStart(4, '0')}.jpg`)),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The same place each time, seen anew; something covers that share of it. */
export function lookedAgain(look: number, thing: number): Buffer<ArrayBuffer> {
  const [jpeg] = draw(1, '--noise', String(look), '--thing', String(thing));
  if (!jpeg) throw new Error('nothing was drawn');
  return jpeg;
}

/** A JPEG that no other number has: one of the scenes, with a text as a comment in its header. */
export function picture(number: number, text = `picture ${number}`): Buffer<ArrayBuffer> {
  scenes ??= draw(SCENES);
  const scene = scenes[number % scenes.length];
  if (!scene) throw new Error('no scene was drawn');
  const comment = Buffer.from(text);
  const length = comment.length + LENGTH_BYTES;
  return Buffer.concat([
    scene.subarray(0, START_OF_IMAGE_BYTES),
    Buffer.from([...COMMENT_MARKER, length >> 8, length & 0xff]),
    comment,
    scene.subarray(START_OF_IMAGE_BYTES),
  ]);
}
