// A release, as a board that is flashed with it. Pure.
import type { FlashImage, Release } from '../api/firmware';
import type { BoardImage } from './boardFolder';

// Seconds that the browser waits for the board to say over serial that it wants a network: as in web_manifest.py.
const IMPROV_WAIT_S = 15;
// What the programs for Linux are signed for: no cable leads there.
const LINUX_MODELS = 'heliograph-cam-';

/** May there be a board for it? */
export function isForABoard({ model }: Release): boolean {
  return !model.startsWith(LINUX_MODELS);
}

/** The whole flash, from its first byte on; `address`: where it is to be had. */
export function releasedBoard(release: Release, image: FlashImage, address: URL): BoardImage {
  const { model, version } = release;
  const name = `Heliograph camera, ${model}`;
  return {
    name,
    version,
    chip: image.chip,
    parts: [{ content: address, bytes: image.size_bytes, offset: 0 }],
    manifest: {
      name,
      version,
      new_install_prompt_erase: true,
      new_install_improv_wait_time: IMPROV_WAIT_S,
    },
  };
}

/** "ESP32, 4 parts, 1250 KB". */
export function sizeWords({ chip, parts }: BoardImage): string {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const count = parts.length === 1 ? '' : `${parts.length} parts, `;
  return `${chip}, ${count}${Math.ceil(bytes / 1024)} KB`;
}
