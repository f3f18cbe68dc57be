// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/http';
import { fetchShared, openShare, type SharedFacts } from '../api/shared';
import { asksForPassword, enterAgain, enterShare, leadsNowhere } from './enterShare';

vi.mock('../api/shared');

const open = vi.mocked(openShare);
const look = vi.mocked(fetchShared);
const { signal } = new AbortController();

const FACTS: SharedFacts = {
  id: '06fk2r8m0q3zt',
  kind: 'camera',
  name: '',
  camera_id: '06fk2r8m0q3zs',
  camera_name: 'North orchard',
  from: null,
  to: null,
  expires_at: null,
};

beforeEach(() => {
  sessionStorage.clear();
  open.mockReset().mockResolvedValue(FACTS);
  look.mockReset().mockResolvedValue(FACTS);
});

it('opens a link once, and goes on with what it has opened', async () => {
  expect(await enterAgain('shr_a', signal)).toEqual(FACTS);
  expect(await enterAgain('shr_a', signal)).toEqual(FACTS);
  expect(open.mock.calls).toEqual([['shr_a', null]]);
  expect(look.mock.calls).toEqual([[FACTS.id, signal]]);
});

it('opens it again when that does not hold any more, and another one anew', async () => {
  await enterShare('shr_a', 'green door');
  look.mockRejectedValue(new ApiError(404, 'gone'));
  await enterAgain('shr_a', signal);
  await enterAgain('shr_b', signal);
  expect(open.mock.calls).toEqual([
    ['shr_a', 'green door'],
    ['shr_a', null],
    ['shr_b', null],
  ]);
  expect(look).toHaveBeenCalledTimes(1);
});

it('does not open it again when the server does not answer', async () => {
  await enterShare('shr_a', null);
  look.mockRejectedValue(new ApiError(503, 'busy'));
  await expect(enterAgain('shr_a', signal)).rejects.toThrow('busy');
  expect(open).toHaveBeenCalledTimes(1);
});

it.each([
  [new ApiError(401, 'locked', 'share-password'), true, false],
  [new ApiError(404, 'gone'), false, true],
  [new ApiError(503, 'busy'), false, false],
  [new TypeError('no answer'), false, false],
  [null, false, false],
])('knows what %s means', (error, locked, gone) => {
  expect(asksForPassword(error)).toBe(locked);
  expect(leadsNowhere(error)).toBe(gone);
});
