// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { cameraZone, isZone, useCameraZone, zonesWith } from './cameraZone';
import { readerZone } from './zone';

beforeEach(() => localStorage.clear());

it("is the reader's until another is chosen, for each camera by itself", () => {
  const { result, rerender } = renderHook(({ camera }) => useCameraZone(camera), {
    initialProps: { camera: 'a' },
  });
  expect(result.current[0]).toBe(readerZone());
  act(() => result.current[1]('Asia/Tokyo'));
  expect(result.current[0]).toBe('Asia/Tokyo');
  rerender({ camera: 'b' });
  expect(result.current[0]).toBe(readerZone());
  expect(cameraZone('a')).toBe('Asia/Tokyo');
  expect(cameraZone(undefined)).toBe(readerZone());
});

it('takes no word for a zone that is none', () => {
  localStorage.setItem('heliograph.zone.a', 'Orchard/North');
  expect(cameraZone('a')).toBe(readerZone());
  expect(isZone('')).toBe(false);
});

it('lists zones once', () => {
  const zones = zonesWith('Asia/Tokyo');
  expect(zones).toEqual([...new Set(zones)].sort());
  expect(zones).toContain('UTC');
  expect(zonesWith('Etc/GMT-3')).toContain('Etc/GMT-3');
});
