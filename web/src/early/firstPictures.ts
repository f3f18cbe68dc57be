// The newest pictures, drawn where the gallery will have them: on a slow phone a second before it is there.
import type { ImagePage } from '../api/gallery';
import { thumbnailPath } from '../api/paths';
import { readerOffsets } from '../time/zone';
import { firstPlaces, type FirstPlace } from './firstPlaces';

// Over a narrow line it is better to have one row soon than all of them late.
const FIRST_ROW_ALONE_MS = 100;

const WALL = '.first-look-wall';

/** Where the wall of pictures is going to be, as long as it is not there yet. */
export function firstWallSize(): { width: number; height: number } | undefined {
  return document.querySelector(WALL)?.getBoundingClientRect();
}

/** Whether the reader has this picture before them already. */
export function isDrawn(src: string): boolean {
  const wall = document.querySelector(WALL);
  const drawn = wall?.querySelector<HTMLImageElement>(`img[src="${CSS.escape(src)}"]`);
  return drawn?.complete === true && drawn.naturalWidth > 0;
}

/** Leaves the answer as it is, for whoever takes it. */
export async function drawFirstPictures(
  answer: Promise<Response>,
  { search, hash }: Pick<Location, 'search' | 'hash'>,
): Promise<void> {
  const response = await answer;
  const wall = document.querySelector<HTMLElement>(WALL);
  if (!response.ok || !wall) return;
  const page = (await response.clone().json()) as ImagePage;
  // Where something stands above them, or is opened over them, they are only fetched.
  if (search !== '' || hash !== '') wall.style.visibility = 'hidden';
  const places = firstPlaces(page, wall.getBoundingClientRect(), readerOffsets);
  const pictures = places.map(pictureAt);
  wall.append(...pictures);
  const fetchFrom = (first: number, end: number) => {
    for (let i = first; i < end; i += 1)
      pictures[i]?.setAttribute('src', thumbnailPath(places[i]?.image.filename ?? ''));
  };
  const secondRow = places.findIndex(({ y }) => y > (places[0]?.y ?? 0));
  fetchFrom(0, secondRow < 0 ? places.length : secondRow);
  if (secondRow >= 0) setTimeout(() => fetchFrom(secondRow, places.length), FIRST_ROW_ALONE_MS);
}

function pictureAt({ x, y, width, height }: FirstPlace): HTMLImageElement {
  const picture = new Image();
  picture.alt = '';
  picture.style.transform = `translate(${x}px, ${y}px)`;
  picture.style.width = `${width}px`;
  picture.style.height = `${height}px`;
  return picture;
}
