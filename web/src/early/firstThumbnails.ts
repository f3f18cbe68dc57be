// The page asks for a thumbnail once it has drawn the place for it: on a slow phone half a second after it knew which. So the
// first ones are asked for as soon as they are known, and are there by then.
import { thumbnailPath } from '../api/paths';
import type { ImagePage } from '../api/gallery';

/** A phone's screen of them; a desk fetches the others while these are drawn. */
const FIRST = 12;

/** Kept until the page has its own, or the browser would give them up. */
const kept: HTMLImageElement[] = [];

/** Leaves the answer as it is, for whoever takes it. */
export async function fetchThumbnails(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  if (!response.ok) return;
  const { images } = (await response.clone().json()) as ImagePage;
  for (const { filename } of images.slice(0, FIRST)) {
    const image = new Image();
    image.src = thumbnailPath(filename);
    kept.push(image);
  }
}
