import { expect, test } from 'vitest';
import { answeringOf } from './answering';

const ORIGIN = 'https://photos.example.org';

test.each([
  ['navigate', '/', 'shell'],
  ['navigate', '/?page=wall&show=live', 'shell'],
  ['navigate', '/uploads/20261122T150102.123Z-06fk2r8m0q3zt.jpg', 'untouched'],
  ['navigate', '/api/v1/openid/callback?code=x', 'untouched'],
  ['cors', '/assets/index-B3CrqFvL.js', 'piece'],
  ['no-cors', '/assets/geist-latin-wght.woff2', 'piece'],
  ['cors', '/api/v1/session', 'untouched'],
  ['cors', '/', 'untouched'],
  ['no-cors', '/thumbnails/20261122T150102.123Z-06fk2r8m0q3zt.jpg', 'untouched'],
  ['no-cors', '/uploads/20261122T150102.123Z-06fk2r8m0q3zt.jpg', 'untouched'],
  ['no-cors', '/live/06fk2r8m0q3zt.mjpeg', 'untouched'],
  ['cors', '/api/v1/shared/06fk2r8m0q3zt/live.jpg', 'untouched'],
])('%s %s: %s', (mode, path, answering) => {
  expect(answeringOf({ method: 'GET', mode, url: ORIGIN + path }, ORIGIN)).toBe(answering);
});

test.each([
  ['another method', 'POST', `${ORIGIN}/assets/index.js`],
  ['another place', 'GET', 'https://tiles.example.org/assets/1.js'],
])('%s is untouched', (_, method, url) => {
  expect(answeringOf({ method, mode: 'cors', url }, ORIGIN)).toBe('untouched');
});
