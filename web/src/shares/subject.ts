// What somebody is about to share, and what they may choose of it. Pure.
import type { Image } from '../api/gallery';
import type { Share, ShareInput } from '../api/shares';
import { dayWords, momentWords, pictureWords } from '../time/words';
import { dayOf, DAY_MS, midnightOf, readerOffsets, type DayNumber, type OffsetAt } from '../time/zone';
import { isolated } from '../ui/isolated';

export type Subject =
  | { of: 'image'; image: Image; cameraName: string; taken: string }
  | { of: 'day'; camera: string; cameraName: string; day: DayNumber; words: string; from: number; to: number }
  | { of: 'camera'; camera: string; cameraName: string };

export function daySubject(
  camera: string,
  cameraName: string,
  day: DayNumber,
  today: DayNumber,
  offsetAt: OffsetAt,
): Subject {
  const [from, to] = [midnightOf(day, offsetAt), midnightOf(day + 1, offsetAt)];
  const name = dayWords(day, today);
  // "Today" begins a heading; here it stands within a sentence.
  const words = today - day <= 1 ? name.toLowerCase() : name;
  return { of: 'day', camera, cameraName, day, words, from, to };
}

type What = Pick<ShareInput, 'kind' | 'image' | 'camera' | 'from' | 'to'>;

export interface Choice {
  label: string;
  what: What;
}

/** The first is what the reader most likely means. */
export function choicesOf(subject: Subject): readonly [Choice, ...Choice[]] {
  switch (subject.of) {
    case 'image':
      return [{ label: 'This picture', what: { kind: 'image', image: subject.image.id } }];
    case 'day': {
      const { camera, words, from, to } = subject;
      return [
        { label: `The pictures of ${words}`, what: { kind: 'day', camera, from, to } },
        ...wholeCamera(camera),
      ];
    }
    case 'camera':
      return wholeCamera(subject.camera);
  }
}

function wholeCamera(camera: string): [Choice, Choice] {
  return [
    { label: 'All its pictures, and those to come', what: { kind: 'camera', camera } },
    { label: 'What it sees now, and its newest picture', what: { kind: 'live', camera } },
  ];
}

export function titleOf(subject: Subject): string {
  return subject.of === 'image' ? 'Share this picture' : `Share ${isolated(subject.cameraName)}`;
}

/** Days; null: for ever. */
export const LIFETIMES: readonly { days: number | null; label: string }[] = [
  { days: 1, label: 'A day' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: null, label: 'Until it is ended' },
];

export function endAfter(days: number | null, now: number): number | null {
  return days === null ? null : now + days * DAY_MS;
}

/** "All pictures of North orchard": of a share that was made. */
export function shareWords(
  share: Pick<Share, 'kind' | 'camera_name' | 'from'>,
  offsetAt = readerOffsets,
): string {
  const { kind, camera_name, from } = share;
  switch (kind) {
    case 'image':
      return `A picture of ${isolated(camera_name)}`;
    case 'day': {
      // No day is today: the list is read later.
      const day = dayOf(from ?? 0, offsetAt);
      return `${isolated(camera_name)}, ${dayWords(day, Infinity)}`;
    }
    case 'camera':
      return `All pictures of ${isolated(camera_name)}`;
    case 'live':
      return `${isolated(camera_name)} as it is now`;
  }
}

/** What a list says below its name. */
export function shareFacts(share: Share, now: number, offsetAt = readerOffsets): string[] {
  const { name, password, metadata, made_by, views, viewed_at } = share;
  const facts = [
    endWords(share, now, offsetAt),
    ...(password ? ['asks for a password'] : []),
    ...(metadata ? ['keeps metadata'] : []),
    ...(made_by === null ? [] : [`made by ${made_by}`]),
  ];
  return [
    ...(name === '' ? [] : [shareWords(share, offsetAt)]),
    facts.join(' · '),
    viewed_at === null ? 'not opened yet' : `${viewWords(views)}, last ${momentWords(viewed_at, offsetAt)}`,
  ];
}

function endWords({ expires_at, open }: Share, now: number, offsetAt: OffsetAt): string {
  if (expires_at !== null && expires_at <= now) return `ended ${momentWords(expires_at, offsetAt)}`;
  if (!open) return 'shows nothing any more';
  return expires_at === null ? 'does not end' : `ends ${momentWords(expires_at, offsetAt)}`;
}

function viewWords(views: number): string {
  return pictureWords(views).replace('picture', 'view');
}
