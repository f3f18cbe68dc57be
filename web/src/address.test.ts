// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { linkTo, linkToCamera, linkToLive, useAddress, useCameraAddress, useChosen } from './address';

const ORCHARD = '06fk2r8m0q3zt';

beforeEach(() => window.history.replaceState(null, '', '/'));

it('writes links', () => {
  expect(linkTo({ camera: undefined, image: undefined })).toBe('/');
  expect(linkTo({ camera: ORCHARD, image: 'x' })).toBe(`/?camera=${ORCHARD}&image=x`);
});

it('closes a picture with the way it was opened', async () => {
  window.history.replaceState(null, '', `/?camera=${ORCHARD}`);
  const { result } = renderHook(() => useAddress());
  const before = window.history.length;
  act(() => result.current[1].open('a'));
  act(() => result.current[1].show('b'));
  expect(result.current[0]).toMatchObject({ camera: ORCHARD, image: 'b' });
  expect(window.history.length).toBe(before + 1);
  act(() => result.current[1].close());
  await waitFor(() => expect(result.current[0].image).toBeUndefined());
  expect(window.location.search).toBe(`?camera=${ORCHARD}`);
});

it('stays on the site when a picture was opened by its link', () => {
  window.history.replaceState(null, '', '/?image=a');
  const { result } = renderHook(() => useAddress());
  const before = window.history.length;
  act(() => result.current[1].close());
  expect(window.location.search).toBe('');
  expect(window.history.length).toBe(before);
});

it.each([
  [linkToCamera(ORCHARD), 'overview', false],
  [linkToCamera(ORCHARD, 'quarantine'), 'quarantine', false],
  [linkToLive(ORCHARD), 'overview', true],
  [`/?page=camera&camera=${ORCHARD}&tab=nonsense`, 'overview', false],
])('reads %s of a camera’s page', (link, tab, watching) => {
  window.history.replaceState(null, '', link);
  const { result } = renderHook(() => useCameraAddress());
  expect(result.current).toEqual({ camera: ORCHARD, tab, watching });
});

it('keeps what is chosen in the address, and the rest of it', () => {
  window.history.replaceState(null, '', linkToCamera(ORCHARD, 'measurements'));
  const { result } = renderHook(() => useChosen('over', ['1d', '7d'], '1d'));
  expect(result.current[0]).toBe('1d');
  act(() => result.current[1]('7d'));
  expect(result.current[0]).toBe('7d');
  expect(window.location.search).toBe(`?page=camera&camera=${ORCHARD}&tab=measurements&over=7d`);
  act(() => result.current[1]('1d'));
  expect(window.location.search).toBe(`?page=camera&camera=${ORCHARD}&tab=measurements`);
});
