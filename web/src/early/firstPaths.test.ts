import { expect, it } from 'vitest';
import { firstPaths } from './firstPaths';

const SESSION = '/api/v1/session';
const NOON = Date.parse('2026-11-22T12:00:00Z');
const IN_ROME = () => 3_600_000;

it.each([
  ['the gallery', '', '', [SESSION, '/api/v1/cameras', '/api/v1/histogram', '/api/v1/images?limit=100']],
  [
    'of one camera, with a picture open',
    '?camera=cam_1&image=img_1',
    '',
    [SESSION, '/api/v1/cameras', '/api/v1/histogram?camera=cam_1', '/api/v1/images?camera=cam_1&limit=100'],
  ],
  ['of two cameras', '?camera=cam_1&camera=cam_2', '', [SESSION]],
  ['with a filter', '?starred=true', '', [SESSION]],
  ['of one camera, with a filter', '?camera=cam_1&hours=5-7', '', [SESSION]],
  ['another page', '?page=storage', '', [SESSION]],
  ['the fleet', '?page=fleet', '', [SESSION, `/api/v1/fleet?since=${Date.parse('2026-11-21T23:00:00Z')}`]],
  ['a page of one camera', '?page=camera&camera=cam_1', '', [SESSION]],
  [
    'an invitation',
    '',
    '#link=lnk_1',
    [SESSION, '/api/v1/cameras', '/api/v1/histogram', '/api/v1/images?limit=100'],
  ],
  ['a shared link', '', '#share=shr_1', []],
])('asks early for what a page needs: %s', (_, search, hash, paths) => {
  expect(firstPaths({ search, hash }, NOON, IN_ROME)).toEqual(paths);
});
