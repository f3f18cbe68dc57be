// The pictures around the one that is looked at, as the lightbox library wants them.
import type { SlideImage } from 'yet-another-react-lightbox';
import type { Image } from '../api/gallery';
import type { Album } from '../gallery/album';
import type { PicturePlaces } from '../gallery/places';

declare module 'yet-another-react-lightbox' {
  interface SlideImage {
    thumbnail?: string;
  }
}

// How many pictures to know in both directions: more than anyone steps through before the next are there.
export const NEIGHBOURS = 40;
// A small sensor's picture is shown at up to twice its size; beyond that, zooming is the reader's choice.
const ENLARGE_MAX = 2;

export function slideOf(image: Image, alt: string, places: PicturePlaces): SlideImage {
  return {
    src: places.original(image),
    thumbnail: places.thumbnail(image),
    width: image.width * ENLARGE_MAX,
    height: image.height * ENLARGE_MAX,
    alt,
  };
}

/**
 * As many slides as the album has pictures, so that a picture's number is its slide's; but only those around `index` are
 * there. The library reads single slides and the length, and shows a gap where it finds none.
 */
export function slidesAround(
  album: Album,
  index: number,
  altOf: (image: Image) => string,
  places: PicturePlaces,
): SlideImage[] {
  const slides = new Array<SlideImage>(album.timeline.total);
  for (let i = Math.max(0, index - NEIGHBOURS); i <= index + NEIGHBOURS && i < slides.length; i += 1) {
    const image = album.at(i);
    if (image) slides[i] = slideOf(image, altOf(image), places);
  }
  return slides;
}
