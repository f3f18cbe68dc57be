// The pictures around the one that is looked at, as the lightbox library wants them.
import type { GenericSlide, Slide, SlideImage } from 'yet-another-react-lightbox';
import type { Image } from '../api/gallery';
import type { Album } from '../gallery/album';
import type { PicturePlaces } from '../gallery/places';
import { turnedSize } from './adjustments';

declare module 'yet-another-react-lightbox' {
  interface SlideImage {
    thumbnail?: string;
    camera?: string;
  }
  interface SlideGap extends GenericSlide {
    type: 'gap';
  }
  interface SlideTypes {
    gap: SlideGap;
  }
}

// A picture that is not known yet.
const GAP: Slide = { type: 'gap' };

// How many pictures to know in both directions: more than anyone steps through before the next are there.
export const NEIGHBOURS = 40;
// Originals that are loaded in both directions: who leafs does not wait, and who looks at one has loaded four more.
export const PRELOADED = 2;
// A small sensor's picture is shown at up to twice its size; beyond that, zooming is the reader's choice.
export const ENLARGE_MAX = 2;

export interface SlideOptions {
  altOf: (image: Image) => string;
  places: PicturePlaces;
  /** How a camera's pictures are turned. */
  turnsOf: (camera: string) => number;
}

export function slideOf(image: Image, { altOf, places, turnsOf }: SlideOptions): SlideImage {
  const { width, height } = turnedSize(image, turnsOf(image.camera_id));
  return {
    src: places.original(image),
    thumbnail: places.thumbnail(image),
    camera: image.camera_id,
    width: width * ENLARGE_MAX,
    height: height * ENLARGE_MAX,
    alt: altOf(image),
  };
}

/**
 * As many slides as the album has pictures, so that a picture's number is its slide's; but only those around `index` are
 * there. The library reads the length and the slides beside the one that is shown, each of which must be something.
 */
export function slidesAround(album: Album, index: number, options: SlideOptions): Slide[] {
  const slides = new Array<Slide>(album.timeline.total);
  for (let i = Math.max(0, index - NEIGHBOURS); i <= index + NEIGHBOURS && i < slides.length; i += 1) {
    const image = album.at(i);
    slides[i] = image ? slideOf(image, options) : GAP;
  }
  return slides;
}
