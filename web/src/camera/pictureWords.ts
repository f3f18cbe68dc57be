// How old a camera's last picture is, in words. Pure.
import type { Image } from '../api/gallery';
import { spanWords } from '../time/words';

// What is quicker is a good line, and not worth a word.
const SLOW_MS = 2 * 60_000;

/** "Taken 4 minutes ago", "Taken 3 hours ago, and an hour on its way", "Came 4 minutes ago, by a clock that is ahead". */
export function pictureAge(
  { captured_at, received_at }: Pick<Image, 'captured_at' | 'received_at'>,
  now: number,
): string {
  const since = (instant: number) => spanWords(Math.max(0, now - instant));
  const onItsWay = received_at - captured_at;
  if (onItsWay < -SLOW_MS) return `Came ${since(received_at)} ago, by a clock that is ahead`;
  const taken = `Taken ${since(captured_at)} ago`;
  return onItsWay < SLOW_MS ? taken : `${taken}, and ${spanWords(onItsWay)} on its way`;
}
