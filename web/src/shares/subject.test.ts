import { describe, expect, it } from 'vitest';
import type { Share } from '../api/shares';
import { DAY_MS, HOUR_MS, zoneOffsets } from '../time/zone';
import { choicesOf, daySubject, endAfter, shareFacts, shareWords, titleOf, type Subject } from './subject';

const ROME = zoneOffsets('Europe/Rome');
const NOON = Date.parse('2026-11-22T12:00:00Z');
const TODAY = Math.floor(NOON / DAY_MS);

const SHARE: Share = {
  id: '06fk2r8m0q3zt',
  name: '',
  kind: 'camera',
  camera_id: '06fk2r8m0q3zs',
  camera_name: 'North orchard',
  image_id: null,
  from: null,
  to: null,
  password: false,
  metadata: false,
  made_by: 'owner',
  created_at: NOON,
  expires_at: null,
  open: true,
  views: 0,
  viewed_at: null,
};

describe('a day', () => {
  const subject = (date: string) => daySubject('c', 'North orchard', Date.parse(date) / DAY_MS, TODAY, ROME);

  it('is the day of the reader', () => {
    expect(subject('2026-11-22')).toMatchObject({
      words: 'today',
      from: Date.parse('2026-11-21T23:00:00Z'),
      to: Date.parse('2026-11-22T23:00:00Z'),
    });
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24],
  ])('%s has %i hours', (date, hours) => {
    const day = subject(date);
    expect(day.of === 'day' && day.to - day.from).toBe(hours * HOUR_MS);
  });

  it('is offered before its camera', () => {
    const choices = choicesOf(subject('2026-11-21'));
    expect(choices.map(({ label }) => label)).toEqual([
      'The pictures of yesterday',
      'All its pictures, and those to come',
      'What it sees now, and its newest picture',
    ]);
    expect(choices.map(({ what }) => what.kind)).toEqual(['day', 'camera', 'live']);
    expect(choices.every(({ what }) => what.camera === 'c' && what.image === undefined)).toBe(true);
  });
});

it('offers of a picture that picture, and of a camera what it sends', () => {
  const image = { id: 'i' } as Extract<Subject, { of: 'image' }>['image'];
  const picture: Subject = { of: 'image', image, cameraName: 'North orchard', taken: 'noon' };
  expect(choicesOf(picture).map(({ what }) => what)).toEqual([{ kind: 'image', image: 'i' }]);
  expect(titleOf(picture)).toBe('Share this picture');
  const camera: Subject = { of: 'camera', camera: 'c', cameraName: 'North orchard' };
  expect(choicesOf(camera).map(({ what }) => what.kind)).toEqual(['camera', 'live']);
  expect(titleOf(camera)).toBe('Share North orchard');
});

it('ends after days, or never', () => {
  expect(endAfter(7, NOON)).toBe(NOON + 7 * DAY_MS);
  expect(endAfter(null, NOON)).toBeNull();
});

it.each([
  [{ kind: 'image' }, 'A picture of North orchard'],
  [{ kind: 'camera' }, 'All pictures of North orchard'],
  [{ kind: 'live' }, 'North orchard as it is now'],
  [{ kind: 'day', from: Date.parse('2026-11-21T23:00:00Z') }, 'North orchard, Sunday 22 November 2026'],
] as const)('%o is called “%s”', (share, words) => {
  expect(shareWords({ ...SHARE, ...share }, ROME)).toBe(words);
});

it.each<[Partial<Share>, string[]]>([
  [{}, ['does not end · made by owner', 'not opened yet']],
  [{ made_by: null }, ['does not end', 'not opened yet']],
  [
    { name: 'For Maria', password: true, metadata: true, expires_at: NOON + DAY_MS },
    [
      'All pictures of North orchard',
      'ends 23 Nov 2026, 13:00 · asks for a password · keeps metadata · made by owner',
      'not opened yet',
    ],
  ],
  [
    { expires_at: NOON - DAY_MS, open: false, views: 1, viewed_at: NOON - DAY_MS },
    ['ended 21 Nov 2026, 13:00 · made by owner', '1 view, last 21 Nov 2026, 13:00'],
  ],
  [
    { open: false, views: 1234, viewed_at: NOON },
    ['shows nothing any more · made by owner', '1,234 views, last 22 Nov 2026, 13:00'],
  ],
])('says of %o what matters', (share, facts) => {
  expect(shareFacts({ ...SHARE, ...share }, NOON, ROME)).toEqual(facts);
});
