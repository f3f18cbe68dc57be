import { expect, it } from 'vitest';
import type { TrashedImage } from '../api/organise';
import { zoneOffsets } from '../time/zone';
import { daysOfTrash } from './trash';

it('lays out by the reader’s days, in the order they come', () => {
  const thrown = (at: number) => ({ trashed_at: at }) as TrashedImage;
  const midnight = Date.UTC(2026, 6, 1, 22); // in Rome
  const images = [thrown(midnight + 2), thrown(midnight), thrown(midnight - 1)];
  const days = daysOfTrash(images, zoneOffsets('Europe/Rome'));
  expect(days.map((one) => one.images)).toEqual([[images[0], images[1]], [images[2]]]);
  expect((days[0]?.day ?? 0) - (days[1]?.day ?? 0)).toBe(1);
  expect(daysOfTrash([], () => 0)).toEqual([]);
});
