import { ImageOff } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { AS_TAKEN, filterOf, type Adjustments } from './adjustments';
import styles from './Photograph.module.css';

interface Props {
  src: string;
  thumbnail: string;
  alt: string;
  /** As large as the picture may be shown unzoomed, turned as it is seen. */
  width: number;
  height: number;
  /** The room there is. */
  room: { width: number; height: number };
  /** How it is looked at; missing: as it was taken. */
  adjustments?: Adjustments;
  /** Its pixels are drawn as squares. */
  pixels?: boolean;
  /** Told how much of `width` there is room for: 1 or less. */
  onFit?: ((scale: number) => void) | undefined;
  /** Over it, as it is seen. */
  children?: ReactNode;
}

/** The original over its thumbnail, so that there is something to look at while a megabyte is on its way. */
export function Photograph(props: Props) {
  const {
    src,
    thumbnail,
    alt,
    width,
    height,
    room,
    adjustments = AS_TAKEN,
    pixels = false,
    onFit,
    children,
  } = props;
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const scale = Math.min(room.width / width, room.height / height, 1);
  const fit = useEffectEvent((value: number) => onFit?.(value));
  useEffect(() => fit(scale), [scale]);

  const seen = { width: width * scale, height: height * scale };
  const sideways = adjustments.turns % 2 === 1;
  return (
    <div className={styles.photograph} style={seen}>
      <div
        className={styles.turned}
        style={{
          width: sideways ? seen.height : seen.width,
          height: sideways ? seen.width : seen.height,
          rotate: `${adjustments.turns * 90}deg`,
          filter: filterOf(adjustments),
          backgroundImage: `url("${thumbnail}")`,
        }}
      >
        <img
          className={styles.original}
          data-state={state}
          data-pixels={pixels}
          src={src}
          alt={alt}
          draggable={false}
          onLoad={() => setState('shown')}
          onError={() => setState('failed')}
        />
      </div>
      {children}
      {state === 'failed' && (
        <p className={styles.failed}>
          <ImageOff size={18} aria-hidden /> The original could not be loaded
        </p>
      )}
    </div>
  );
}
