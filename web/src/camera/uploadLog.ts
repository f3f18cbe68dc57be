// What became of a camera's last uploads: of what the catalog keeps of them. Pure.
import type { CameraHealth } from '../api/fleet';
import type { Image } from '../api/gallery';
import type { Quarantined } from '../api/quarantine';
import { numberWords, pictureWords } from '../time/words';

export type Upload =
  | { kind: 'stored'; at: number; image: Image }
  /** The answer was an image that was there. */
  | { kind: 'repeated'; at: number }
  /** `bytes`: what is kept of it; the same bytes are kept once. */
  | { kind: 'refused'; at: number; reason: string; bytes: Quarantined | undefined };

export interface UploadFacts {
  health: Pick<CameraHealth, 'last_accepted_at' | 'last_refused_at' | 'last_refusal'>;
  /** The newest by capture time. */
  images: readonly Image[];
  /** Those are not all. */
  moreImages: boolean;
  /** The newest. */
  refused: readonly Quarantined[];
  moreRefused: boolean;
}

/** Newest first, back to where something may be missing. */
export function uploadLog({ health, images, moreImages, refused, moreRefused }: UploadFacts): Upload[] {
  const uploads: Upload[] = [
    ...images.map((image): Upload => ({ kind: 'stored', at: image.received_at, image })),
    // What a picture was found in was no refusal: the picture stands for it.
    ...refused
      .filter(({ salvaged_id }) => salvaged_id === null)
      .map((bytes): Upload => ({ kind: 'refused', at: bytes.received_at, reason: bytes.reason, bytes })),
  ];
  const { last_accepted_at: accepted, last_refused_at: no, last_refusal: why } = health;
  const stored = Math.max(0, ...images.map(({ received_at }) => received_at));
  if (accepted !== null && accepted > stored) uploads.push({ kind: 'repeated', at: accepted });
  // Of what was sent a second time, or had no bytes, nothing more is kept than this.
  if (no !== null && !refused.some(({ received_at }) => received_at >= no)) {
    uploads.push({ kind: 'refused', at: no, reason: why ?? 'it is not known why', bytes: undefined });
  }
  const since = Math.max(
    moreImages ? Math.min(...images.map(({ received_at }) => received_at)) : 0,
    moreRefused ? Math.min(...refused.map(({ received_at }) => received_at)) : 0,
  );
  return uploads.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at);
}

/** "1,204 pictures stored · 31 repeats · 4 refused": since there is this camera. */
export function totalsWords({
  images,
  repeats,
  refusals,
}: Pick<CameraHealth, 'images' | 'repeats' | 'refusals'>): string {
  const again = repeats === 1 ? '1 repeat' : `${numberWords(repeats)} repeats`;
  return `${pictureWords(images)} stored · ${again} · ${numberWords(refusals)} refused`;
}

type Missing = Pick<CameraHealth, 'missing' | 'gaps'>;
const SHOWN_GAPS = 3;

/** "6 numbers are missing of the last day: 4 to 9 of e2e"; undefined: none is. */
export function missingWords({ missing, gaps }: Missing): string | undefined {
  if (missing === 0) return undefined;
  const what = missing === 1 ? '1 number is missing' : `${numberWords(missing)} numbers are missing`;
  const runs = gaps
    .slice(0, SHOWN_GAPS)
    .map(({ boot, first, last }) =>
      first === last ? `${first} of ${boot}` : `${first} to ${last} of ${boot}`,
    );
  const more = gaps.length > SHOWN_GAPS ? ' and others' : '';
  return `${what} of the last day: ${runs.join(', ')}${more}. What still waits in the camera is among them.`;
}
