// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Image } from '../api/gallery';
import { ThumbnailNews, ThumbnailNewsProvider } from '../live/thumbnails';
import { clockWords } from '../time/words';
import { dayOf } from '../time/zone';
import { Album } from './album';
import { Grid } from './Grid';
import { gridShape, layoutDays } from './layout';
import { movedTo, NO_SCROLL, resized, type ScrollMap } from './scrollMap';
import { hourOf } from './timeline';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const UTC = () => 0;
const VIEW = { width: 800, height: 600 };
const COUNT = 40;
const CAMERAS = new Map([['c', { name: 'North orchard' }]]);
const CLOCK = clockWords(UTC);
const NEWS = new ThumbnailNews();
const onOpen = () => undefined;

const PICTURES = Array.from({ length: COUNT }, (_, i) => {
  const id = String(100 - i);
  const captured_at = NOON - i * 1000 + COUNT * 1000;
  return { id, camera_id: 'c', filename: `${id}.jpg`, captured_at, width: 640, height: 480 } as Image;
});

/** As the wall draws it: the same things each time, but for where the reader is. */
function shown() {
  const album = new Album(
    () => Promise.resolve({ images: PICTURES, next: null }),
    UTC,
    () => undefined,
  );
  album.setCounts(new Map([[hourOf(NOON), COUNT]]));
  const layout = layoutDays(album.timeline.days, gridShape(VIEW.width));
  const top = resized(NO_SCROLL, layout.height, VIEW.height);
  const grid = (scroll: ScrollMap) => (
    <ThumbnailNewsProvider value={NEWS}>
      <Grid
        album={album}
        layout={layout}
        scroll={scroll}
        cameras={CAMERAS as never}
        camera={undefined}
        clock={CLOCK}
        offsetAt={UTC}
        today={dayOf(NOON, UTC)}
        current={0}
        onOpen={onOpen}
      />
    </ThumbnailNewsProvider>
  );
  const { rerender } = render(grid(top));
  return { album, scrollTo: (y: number) => rerender(grid(movedTo(top, y))) };
}

it('draws pictures as soon as the album knows them', async () => {
  const { album, scrollTo } = shown();
  expect(screen.getAllByRole('link', { name: 'Picture, not loaded yet' }).length).toBeGreaterThan(3);
  album.want('wall', { first: 0, last: COUNT - 1 });
  await vi.waitFor(() => expect(album.at(0)).toBeDefined());
  scrollTo(0);
  expect(screen.queryByRole('link', { name: 'Picture, not loaded yet' })).toBeNull();
  album.dispose();
});

it('looks at no picture again that stays where it is while somebody scrolls', async () => {
  const { album, scrollTo } = shown();
  album.want('wall', { first: 0, last: COUNT - 1 });
  await vi.waitFor(() => expect(album.at(0)).toBeDefined());
  scrollTo(0);
  const asked = vi.spyOn(album, 'at');
  scrollTo(1);
  expect(asked).not.toHaveBeenCalled();
  album.dispose();
});
