// Releases and rollouts, in words. Pure.
import type { Release, Rollout } from '../api/firmware';
import { numberWords } from '../time/words';

const STAGES: Record<Rollout['stage'], string> = {
  one: 'one camera',
  tenth: 'a tenth of the cameras',
  all: 'all cameras',
};

// What is said of cameras in a state, in the order in which it matters.
const COUNTS: readonly (readonly [state: string, words: string])[] = [
  ['failed', 'failed'],
  ['updated', 'updated'],
  ['told', 'under way'],
  ['waiting', 'waiting'],
  ['put-off', 'put off'],
  ['current', 'had it already'],
  ['left-out', 'left out'],
  ['unable', 'take no updates'],
];

/** "trap 1.2.0". */
export function releaseName({ model, version }: Release): string {
  return `${model} ${version}`;
}

/** "running: a tenth of the cameras"; "halted: the first camera failed". */
export function rolloutWords({ state, stage, reason }: Rollout): string {
  if (state === 'finished') return 'finished';
  return `${state}: ${reason ?? STAGES[stage]}`;
}

/** "1 failed", "12 updated": what there is any of. */
export function countWords({ counts }: Rollout): string[] {
  return COUNTS.flatMap(([state, words]) => {
    const count = counts[state] ?? 0;
    return count > 0 ? [`${numberWords(count)} ${words}`] : [];
  });
}

/** What `advance` would do; undefined: there is nothing further. */
export function nextStage({ state, stage }: Rollout): string | undefined {
  if (state !== 'running' || stage === 'all') return undefined;
  return STAGES[stage === 'one' ? 'tenth' : 'all'];
}

type Member = NonNullable<Rollout['cameras']>[number];

const MEMBERS: Record<Member['state'], string> = {
  unable: 'takes no updates, or never said so',
  current: 'runs it already',
  waiting: 'waits to be told',
  'put-off': 'has put it off',
  told: 'was told, and has not answered',
  updated: 'runs it now',
  failed: 'failed',
  'left-out': 'was left out',
};

/** What a rollout came to with one camera: "failed: no room". */
export function memberWords({ state, reason }: Pick<Member, 'state' | 'reason'>): string {
  return reason === null ? MEMBERS[state] : `${MEMBERS[state]}: ${reason}`;
}
