// What came of something done to many pictures, for a person. Pure.
import type { Outcome } from '../api/organise';
import { pictureWords } from '../time/words';

type Why = Outcome['left'][number]['why'];

const WHY: Record<Why, string> = {
  starred: 'starred, and so kept',
  forbidden: 'not yours to change',
  full: 'at the limit of 20 tags',
  'not-found': 'not there any more',
};

/** "3 pictures moved to the trash." and, of the others, "1 picture left: starred, and so kept." */
export function outcomeWords({ done, left }: Outcome, what: string): string {
  const sentences = done.length > 0 ? [`${pictureWords(done.length)} ${what}.`] : [];
  for (const why of Object.keys(WHY) as Why[]) {
    const count = left.filter((one) => one.why === why).length;
    if (count > 0) sentences.push(`${pictureWords(count)} left: ${WHY[why]}.`);
  }
  return sentences.join(' ');
}
