// Which cameras fell silent, and which came back, between two readings of the list. Pure.
import type { Camera } from '../api/gallery';
import { isolated } from '../ui/isolated';

type Seen = Pick<Camera, 'id' | 'name' | 'presence'>;

export interface PresenceNews {
  silent: Seen[];
  back: Seen[];
}

/** A camera that was not in the list before is no news. */
export function presenceNews(before: readonly Seen[], now: readonly Seen[]): PresenceNews {
  const known = new Map(before.map(({ id, presence }) => [id, presence]));
  const news: PresenceNews = { silent: [], back: [] };
  for (const camera of now) {
    const was = known.get(camera.id);
    if (was === undefined || was === camera.presence) continue;
    if (camera.presence === 'silent') news.silent.push(camera);
    else if (was === 'silent' && camera.presence !== 'late') news.back.push(camera);
  }
  return news;
}

/** "Weir fell silent", "Weir and Barn are back", "Weir and 3 others fell silent"; empty: nobody did. */
export function presenceNewsWords(cameras: readonly Seen[], what: 'fell silent' | 'back'): string {
  const [first, second] = cameras.map(({ name }) => isolated(name));
  if (first === undefined) return '';
  const others = cameras.length - 1;
  const who = others === 0 ? first : `${first} and ${others === 1 ? second : `${others} others`}`;
  if (what === 'fell silent') return `${who} fell silent`;
  return `${who} ${others === 0 ? 'is' : 'are'} back`;
}
