import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import { IconButton } from '../ui/IconButton';
import styles from './Aside.module.css';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

const stay = (event: SyntheticEvent) => event.stopPropagation();

/** Beside the picture, or below it on a phone. What is done in here does not leaf, zoom or close. */
export function Aside({ title, onClose, children }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = box.current;
    // The library listens below React.
    const stayHere = (event: WheelEvent) => event.stopPropagation();
    element?.addEventListener('wheel', stayHere);
    return () => element?.removeEventListener('wheel', stayHere);
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only keeps to itself what is done inside
    <aside
      ref={box}
      className={styles.aside}
      aria-label={title}
      onPointerDown={stay}
      onPointerMove={stay}
      onPointerUp={stay}
      onWheel={stay}
      onKeyDown={(event: KeyboardEvent) => {
        // Arrows move a slider in here, and are not the next picture.
        if (event.key !== 'Escape' && event.target instanceof HTMLInputElement) event.stopPropagation();
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton icon={X} label={`Close ${title.toLowerCase()}`} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
