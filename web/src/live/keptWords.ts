// What a reader is told about the pictures that they keep. Pure.
import type { Snapshot } from '../api/live';
import { pictureWords } from '../time/words';
import type { LiveView } from './view';

/** "Kept, and in the gallery · by the clock: 3 pictures", as far as there is something to say. */
export function keptWords(
  last: Pick<Snapshot, 'duplicate'> | undefined,
  { kept, keepProblem }: Pick<LiveView, 'kept' | 'keepProblem'>,
): string {
  const words: string[] = [];
  if (last) words.push(last.duplicate ? 'It was kept already' : 'Kept, and in the gallery');
  if (kept > 0) words.push(`by the clock: ${pictureWords(kept)}`);
  if (keepProblem !== undefined) words.push(`not kept: ${keepProblem}`);
  return words.join(' · ');
}
