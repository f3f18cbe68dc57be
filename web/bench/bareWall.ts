// What the gallery is measured beside: the same pictures on a page that has nothing else.
import type { Tab } from './tab.ts';

const COLUMNS = 6;
const ROW_PX = 170;
const GAP_PX = 6;

/** Puts the newest pictures of the server on the tab's page, which may be any of that server. */
export function showBareWall(tab: Tab, count: number): Promise<void> {
  return tab.evaluate(
    async ({ count, columns, rowPx, gapPx }) => {
      const wall = document.createElement('div');
      wall.dataset.testid = 'wall';
      Object.assign(wall.style, {
        position: 'fixed',
        inset: '0',
        overflow: 'auto',
        display: 'grid',
        gridTemplateColumns: `repeat(${columns}, 1fr)`,
        gridAutoRows: `${rowPx}px`,
        gap: `${gapPx}px`,
      });
      for (let index = 0, cursor = ''; index < count;) {
        const answer = await fetch(`/api/v1/images?limit=500${cursor}`);
        const page = (await answer.json()) as { images: { filename: string }[]; next: string };
        for (const { filename } of page.images) {
          const place = document.createElement('div');
          place.dataset.index = String((index += 1));
          const picture = new Image();
          picture.loading = 'lazy';
          picture.src = `/thumbnails/${filename}`;
          picture.onload = () => (picture.dataset.state = 'shown');
          Object.assign(picture.style, { width: '100%', height: '100%', objectFit: 'cover' });
          place.append(picture);
          wall.append(place);
        }
        cursor = `&cursor=${page.next}`;
      }
      document.body.replaceChildren(wall);
    },
    { count, columns: COLUMNS, rowPx: ROW_PX, gapPx: GAP_PX },
  );
}
