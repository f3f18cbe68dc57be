import { expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { Album } from '../gallery/album';
import { NEIGHBOURS, slidesAround, type SlideOptions } from './slides';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const OPTIONS: SlideOptions = {
  altOf: ({ id }) => id,
  places: { original: ({ id }) => id, thumbnail: ({ id }) => id, page: () => '' },
  turnsOf: () => 0,
};

it('has a gap for each neighbour that is not known yet, and no more than is looked at', () => {
  const album = new Album(
    () => Promise.reject(new Error('nothing is asked here')),
    () => 0,
    () => undefined,
  );
  album.setCounts(new Map([[NOON, 200]]));
  album.arrived({ id: 'a', camera_id: 'c', captured_at: NOON + 3_600_000, width: 4, height: 3 } as Image);
  const slides = slidesAround(album, 1, OPTIONS);
  expect(slides).toHaveLength(201);
  expect(slides[0]).toMatchObject({ src: 'a', width: 8, height: 6 });
  for (let i = 1; i <= 1 + NEIGHBOURS; i += 1) expect(slides[i]).toEqual({ type: 'gap' });
  expect(slides[2 + NEIGHBOURS]).toBeUndefined();
  album.dispose();
});
