import { memo, type MouseEvent } from 'react';
import type { Image } from '../api/gallery';
import type { ClockWords } from '../time/words';
import { Thumbnail } from './Thumbnail';
import styles from './Tile.module.css';

interface Props {
  image: Image | undefined;
  index: number;
  total: number;
  x: number;
  y: number;
  width: number;
  height: number;
  cameraName: string;
  clock: ClockWords;
  link: string;
  /** The one picture that the Tab key reaches. */
  current: boolean;
  fresh: boolean;
  onOpen: (index: number) => void;
}

/** One picture in the grid, or the place of one that is not known yet. */
export const Tile = memo(function Tile(props: Props) {
  const { image, index, total, x, y, width, height, cameraName, clock, link, current, fresh, onOpen } = props;
  const place = { transform: `translate(${x}px, ${y}px)`, width, height };

  function open(event: MouseEvent): void {
    // A click that asks for a new tab gets one.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(index);
  }

  return (
    <li className={styles.place} style={place} aria-setsize={total} aria-posinset={index + 1}>
      <a
        className={styles.picture}
        href={link}
        data-index={index}
        data-fresh={fresh}
        tabIndex={current ? 0 : -1}
        aria-label={image ? `${cameraName}, ${clock.full(image.captured_at)}` : 'Picture, not loaded yet'}
        onClick={open}
      >
        {image && (
          <>
            <Thumbnail image={image} />
            <span className={styles.caption} aria-hidden="true">
              <span className={styles.camera}>{cameraName}</span>
              <time>{clock.time(image.captured_at)}</time>
            </span>
          </>
        )}
      </a>
    </li>
  );
});
