import { useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import styles from './Dialog.module.css';

interface Props {
  title: string;
  onClose: () => void;
  /** What it shows is shown only once: Escape must not take it away. */
  insistent?: boolean;
  /** It shows something that is looked at. */
  wide?: boolean;
  children: ReactNode;
}

// What happens in it is nobody else's: it may be drawn within something that listens, as a lightbox does to arrows.
const stop = (event: SyntheticEvent) => event.stopPropagation();
const ITS_OWN = {
  onKeyDown: stop,
  onPointerDown: stop,
  onPointerMove: stop,
  onPointerUp: stop,
  onWheel: stop,
};

/** Something to answer before the page goes on; open for as long as it is there. */
export function Dialog({ title, onClose, insistent = false, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // One that goes without being closed would not give the focus back.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-wide={wide || undefined}
      aria-labelledby={titleId}
      {...ITS_OWN}
      onClose={() => {
        // Development mounts twice: what was closed in between is open again.
        if (!dialog.current?.open) onClose();
      }}
      onCancel={(event) => {
        if (insistent) event.preventDefault();
      }}
    >
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
