import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import styles from './Photograph.module.css';

interface Props {
  src: string;
  thumbnail: string;
  alt: string;
  /** As large as the picture may be shown unzoomed. */
  width: number;
  height: number;
  /** The room there is. */
  room: { width: number; height: number };
}

/** The original over its thumbnail, so that there is something to look at while a megabyte is on its way. */
export function Photograph({ src, thumbnail, alt, width, height, room }: Props) {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const scale = Math.min(room.width / width, room.height / height, 1);
  return (
    <div
      className={styles.photograph}
      style={{ width: width * scale, height: height * scale, backgroundImage: `url("${thumbnail}")` }}
    >
      <img
        className={styles.original}
        data-state={state}
        src={src}
        alt={alt}
        draggable={false}
        onLoad={() => setState('shown')}
        onError={() => setState('failed')}
      />
      {state === 'failed' && (
        <p className={styles.failed}>
          <ImageOff size={18} aria-hidden /> The original could not be loaded
        </p>
      )}
    </div>
  );
}
