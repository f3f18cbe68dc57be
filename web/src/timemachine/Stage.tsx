import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useSize } from '../gallery/useSize';
import styles from './Stage.module.css';
import { useZoomGestures } from './useZoomGestures';
import { pixelScale, transformOf, zoomedByKey, type ZoomView } from './zoomView';

interface Props {
  /** What a screen reader calls it. */
  label: string;
  /** Pixels of the picture, for its own size. */
  picture: { width: number; height: number } | undefined;
  view: ZoomView;
  onView: (next: (view: ZoomView) => ZoomView) => void;
  /** Seen through the view: as large as the stage. */
  children: ReactNode;
  /** Over it, and not moved with it. */
  over?: ReactNode;
}

/** Where a picture is looked at closely. Stages that are given the same view show the same part. */
export function Stage({ label, picture, view, onView, children, over }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  useZoomGestures(box, onView);
  const pixels = picture ? pixelScale(picture, size, window.devicePixelRatio) : 1;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (zoomedByKey(view, event.key, pixels) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onView((before) => zoomedByKey(before, event.key, pixels) ?? before);
  }

  return (
    <div className={styles.frame} data-picture>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys that zoom it */}
      <div
        ref={box}
        className={styles.stage}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it takes the keys that zoom
        tabIndex={0}
        role="group"
        aria-label={label}
        data-close={view.scale > 1}
        data-pixels={view.scale > 1 && view.scale >= pixels}
        onKeyDown={onKeyDown}
      >
        <div className={styles.seen} style={{ transform: transformOf(view) }}>
          {children}
        </div>
      </div>
      {over}
    </div>
  );
}
