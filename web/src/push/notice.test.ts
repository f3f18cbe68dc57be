import { expect, test } from 'vitest';
import { linkToPage } from '../address';
import { ALERTS_PATH, noticeOf, pathOf } from './notice';

const ORIGIN = 'https://photos.example.org';
const NOW = Date.parse('2026-11-30T12:00:00Z');
const TOLD = {
  title: 'Weir fell silent',
  body: 'Nothing was heard for 3 hours.',
  kind: 'silent',
  state: 'open',
  camera_id: '06fk2r8m0q3zt',
  url: '/?page=camera&camera=06fk2r8m0q3zt',
  tag: 'silent 06fk2r8m0q3zt',
  at: NOW - 60_000,
};

const notice = (message: unknown) => noticeOf(JSON.stringify(message), ORIGIN, NOW);

test('shows what was told, and tells again what opens again', () => {
  expect(notice(TOLD)).toEqual({
    title: 'Weir fell silent',
    options: {
      body: 'Nothing was heard for 3 hours.',
      tag: 'silent 06fk2r8m0q3zt',
      icon: '/icon-192.png',
      timestamp: NOW - 60_000,
      renotify: true,
      silent: false,
      data: '/?page=camera&camera=06fk2r8m0q3zt',
    },
  });
});

test('puts what is over in its place, in silence', () => {
  const { options } = notice({ ...TOLD, title: 'Weir is back', state: 'over' });
  expect(options).toMatchObject({ tag: TOLD.tag, renotify: false, silent: true });
});

test.each([
  ['nothing', ''],
  ['no JSON', '<script>'],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"Weir fell silent"'],
  ['a list', '[1]'],
  ['nothing of ours', '{"aps":{"alert":"x"}}'],
  ['a title that is none', '{"title":{"toString":1},"body":"x"}'],
  ['an empty title', '{"title":"  ","body":"x"}'],
])('shows something harmless for %s', (_, text) => {
  expect(noticeOf(text, ORIGIN, NOW)).toEqual({
    title: 'Heliograph',
    options: {
      body: 'There is news of your cameras.',
      tag: 'heliograph',
      icon: '/icon-192.png',
      timestamp: NOW,
      renotify: true,
      silent: false,
      data: ALERTS_PATH,
    },
  });
});

test.each([
  ['a body that is none', { body: 7 }, { body: '' }],
  ['a tag that is none', { tag: '' }, { tag: 'heliograph' }],
  ['a time to come', { at: NOW + 1 }, { timestamp: NOW }],
  ['a time that is none', { at: '2026' }, { timestamp: NOW }],
  ['a time before time', { at: -1 }, { timestamp: NOW }],
  ['another state', { state: 'OVER' }, { silent: false, renotify: true }],
  ['a long body', { body: 'a'.repeat(4_000) }, { body: 'a'.repeat(600) }],
])('does without %s', (_, change, options) => {
  expect(notice({ ...TOLD, ...change }).options).toMatchObject(options);
});

test.each([
  ['/?camera=06fk2r8m0q3zt', '/?camera=06fk2r8m0q3zt'],
  ['/', '/'],
  [`${ORIGIN}/?page=fleet`, '/?page=fleet'],
  ['?page=fleet', '/?page=fleet'],
  ['/?page=fleet#share=shr_1', '/?page=fleet'],
  ['//evil.example/?page=fleet', ALERTS_PATH],
  ['/\\evil.example', ALERTS_PATH],
  ['https://evil.example/', ALERTS_PATH],
  ['http://photos.example.org/', ALERTS_PATH],
  ['javascript:alert(1)', ALERTS_PATH],
  ['data:text/html,x', ALERTS_PATH],
  ['/api/v1/session', ALERTS_PATH],
  ['/uploads/20261122T150102.123Z-06fk2r8m0q3zt.jpg', ALERTS_PATH],
  ['https://', ALERTS_PATH],
  [undefined, ALERTS_PATH],
  [{ href: '/' }, ALERTS_PATH],
])('%s leads to %s', (url, path) => {
  expect(pathOf(url, ORIGIN)).toBe(path);
});

test('the list of alerts stands where the page has it', () => {
  expect(ALERTS_PATH).toBe(linkToPage('alerts'));
});
