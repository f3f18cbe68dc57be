// What came of a command, in words. Pure.
import type { Command } from '../api/orders';

const OUTCOMES: Record<Command['state'], string> = {
  queued: 'waits for the camera',
  delivered: 'the camera has been told',
  accepted: 'the camera is at it',
  succeeded: 'done',
  failed: 'failed',
  rejected: 'the camera refused',
  expired: 'the camera did not come in time',
  cancelled: 'cancelled',
};

/** "Picture: done", "Picture: failed, no light". */
export function commandWords({ name, state, reason, result }: Command): string {
  const what = name === 'capture' ? 'Picture' : name.charAt(0).toUpperCase() + name.slice(1);
  const outcome = result?.put_off === true ? 'put off' : OUTCOMES[state];
  return reason === null ? `${what}: ${outcome}` : `${what}: ${outcome}, ${reason}`;
}

/** What came of it beside its good end: "2 pictures", "sensor: ok, storage: ok". Undefined: nothing to say. */
export function resultWords({ images, result, state }: Command): string | undefined {
  if (state !== 'succeeded' || result === null) return undefined;
  const count = images.length;
  if (count > 0) return count === 1 ? 'One picture' : `${count} pictures`;
  const facts = Object.entries(result).filter(([name]) => name !== 'boot' && name !== 'sequence');
  return facts.length === 0
    ? undefined
    : facts.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
}

/** Is there still something to come of it? */
export function isUnderWay({ state }: Command): boolean {
  return state === 'queued' || state === 'delivered' || state === 'accepted';
}
