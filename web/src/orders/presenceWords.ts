// Whether a camera is there, in words. Pure.
import type { Camera } from '../api/gallery';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function span(ms: number): string {
  if (ms < 2 * MINUTE_MS) return 'a minute';
  if (ms < 2 * HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} minutes`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} hours`;
  return `${Math.floor(ms / DAY_MS)} days`;
}

/** "Online", "Asleep, due in 20 minutes", "Late by 5 minutes", "Silent for 3 days". */
export function presenceWords(
  { presence, heard_at, due_at }: Pick<Camera, 'presence' | 'heard_at' | 'due_at'>,
  now: number,
): string {
  if (presence === 'online') return 'Online';
  if (presence === 'asleep' && due_at !== null && due_at > now) return `Asleep, due in ${span(due_at - now)}`;
  if (presence === 'asleep') return 'Asleep';
  if (presence === 'late' && due_at !== null) return `Late by ${span(now - due_at)}`;
  if (presence === 'silent' && heard_at !== null) return `Silent for ${span(now - heard_at)}`;
  return 'Never heard';
}
