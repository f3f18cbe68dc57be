import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { useSize } from '../gallery/useSize';
import styles from './CaptionRoom.module.css';

interface Props {
  onHeight: (height: number) => void;
  children: ReactNode;
}

/** Where the caption stands; it says how high that is, so that the picture ends above it. */
export function CaptionRoom({ onHeight, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const tell = useEffectEvent(onHeight);
  useEffect(() => {
    if (height > 0) tell(height);
  }, [height]);
  return (
    <div ref={box} className={styles.room}>
      {children}
    </div>
  );
}
