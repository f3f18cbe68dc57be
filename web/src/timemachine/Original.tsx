import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { Image } from '../api/gallery';
import { usePicturePlaces } from '../gallery/places';
import styles from './Original.module.css';

interface Props {
  image: Image;
  alt: string;
}

/** A picture that fits its room, over its thumbnail until it is there. */
export function Original({ image, alt }: Props) {
  const places = usePicturePlaces();
  const [failed, setFailed] = useState(false);
  return (
    <>
      <img
        className={styles.picture}
        style={{ backgroundImage: `url("${places.thumbnail(image)}")` }}
        src={places.original(image)}
        alt={alt}
        draggable={false}
        onError={() => setFailed(true)}
      />
      {failed && (
        <p className={styles.failed}>
          <ImageOff size={18} aria-hidden /> The original could not be loaded
        </p>
      )}
    </>
  );
}
