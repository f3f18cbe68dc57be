// Whether a camera is there, in words. Pure.
import type { Camera } from '../api/gallery';
import { MINUTE_MS, spanWords } from '../time/words';

/** "Online", "Online, heard 4 minutes ago", "Asleep, due in 20 minutes", "Late by 5 minutes", "Silent for 3 days". */
export function presenceWords(
  { presence, heard_at, due_at }: Pick<Camera, 'presence' | 'heard_at' | 'due_at'>,
  now: number,
): string {
  if (presence === 'online' && heard_at !== null && now - heard_at >= 2 * MINUTE_MS)
    return `Online, heard ${spanWords(now - heard_at)} ago`;
  if (presence === 'online') return 'Online';
  if (presence === 'asleep' && due_at !== null && due_at > now)
    return `Asleep, due in ${spanWords(due_at - now)}`;
  if (presence === 'asleep') return 'Asleep';
  if (presence === 'late' && due_at !== null) return `Late by ${spanWords(now - due_at)}`;
  if (presence === 'silent' && heard_at !== null) return `Silent for ${spanWords(now - heard_at)}`;
  return 'Never heard';
}
