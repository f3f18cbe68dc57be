// Where the parts of a gallery find a picture's files: for somebody who is signed in, or for the holder of a link.
import { createContext, use } from 'react';
import { linkTo } from '../address';
import { originalUrl, thumbnailUrl, type Image } from '../api/gallery';

export interface PicturePlaces {
  thumbnail: (image: Image) => string;
  original: (image: Image) => string;
  /** Where a tab of its own shows it; `camera`: of the filter. */
  page: (image: Image | undefined, camera: string | undefined) => string;
}

const GALLERY: PicturePlaces = {
  thumbnail: thumbnailUrl,
  original: originalUrl,
  page: (image, camera) => linkTo({ camera, image: image?.id }),
};

const Context = createContext<PicturePlaces>(GALLERY);

export const PicturePlacesProvider = Context;

export function usePicturePlaces(): PicturePlaces {
  return use(Context);
}
