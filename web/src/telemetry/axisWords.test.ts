import { expect, test } from 'vitest';
import { axisWords } from './axisWords';

const DAY_S = 86_400;
const at = (month: number, day: number, hour = 0) => new Date(2026, month - 1, day, hour).getTime() / 1000;

test.each<[what: string, marks: number[], incrementS: number, words: string[]]>([
  [
    'hours, with their day where it begins',
    [at(11, 22, 12), at(11, 22, 18), at(11, 23), at(11, 23, 6)],
    6 * 3600,
    ['12:00\n22 Nov', '18:00', '00:00\n23 Nov', '06:00'],
  ],
  ['days, with their year', [at(12, 31), at(13, 1)], DAY_S, ['31 Dec\n2026', '1 Jan\n2027']],
  ['months', [at(11, 1), at(12, 1), at(13, 1)], 30 * DAY_S, ['Nov\n2026', 'Dec', 'Jan\n2027']],
  ['years', [at(1, 1), at(13, 1)], 365 * DAY_S, ['2026', '2027']],
  ['nothing', [], DAY_S, []],
])('%s', (_, marks, incrementS, words) => {
  expect(axisWords(marks, incrementS)).toEqual(words);
});
