import { describe, expect, test } from 'vitest';
import type { FleetCamera } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { DAY_MS } from '../time/zone';
import { aCamera, aFleetCamera } from './aFleetCamera';
import { chosen, rosterOf, rosterWords } from './roster';

const NOW = Date.parse('2026-11-22T15:00:00Z');

function camera(name: string, more: Partial<Camera> = {}, problems: FleetCamera['problems'] = []) {
  return aFleetCamera(aCamera(name, { heard_at: NOW - 3 * DAY_MS, ...more }), { problems });
}

const CAMERAS = [
  camera('Barn'),
  camera('Apiary'),
  camera('Zaun', { presence: 'silent' }, ['silent']),
  camera('Weir', {}, ['doubted']),
];
const ROSTER = rosterOf(
  CAMERAS,
  new Map([
    ['Barn', 'Farm'],
    ['Zaun', 'Farm'],
  ]),
  NOW,
);
const names = (members: readonly { camera: Camera }[]) => members.map((member) => member.camera.name);

test('problems come first, the worst at the top, then names', () => {
  expect(names(ROSTER)).toEqual(['Weir', 'Zaun', 'Apiary', 'Barn']);
  expect(rosterWords(ROSTER)).toBe('4 cameras, 2 with problems');
  expect(rosterWords(rosterOf([camera('Barn')], new Map(), NOW))).toBe('1 camera');
});

describe('a choice', () => {
  const all = { search: '', group: undefined, onlyTroubled: false };
  test.each([
    ['everything', all, ['Weir', 'Zaun', 'Apiary', 'Barn']],
    ['by name, whatever its case', { ...all, search: 'aPi' }, ['Apiary']],
    ['by the name of a group', { ...all, search: ' farm ' }, ['Zaun', 'Barn']],
    ['by what is wrong', { ...all, search: 'silent 3' }, ['Zaun']],
    ['every word', { ...all, search: 'farm barn' }, ['Barn']],
    ['of a group', { ...all, group: 'Farm' }, ['Zaun', 'Barn']],
    ['only those with problems', { ...all, onlyTroubled: true }, ['Weir', 'Zaun']],
    ['nothing', { ...all, search: 'river' }, []],
  ])('%s', (_, choice, expected) => {
    expect(names(chosen(ROSTER, choice))).toEqual(expected);
  });
});
