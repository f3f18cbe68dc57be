// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { linkTo, useAddress } from './address';

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
  expect(result.current[0]).toEqual({ camera: ORCHARD, image: 'b' });
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
