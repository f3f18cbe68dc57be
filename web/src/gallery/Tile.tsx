import { Check } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { Image } from '../api/gallery';
import { useLongPress } from '../organise/useLongPress';
import type { ClockWords } from '../time/words';
import { isolated } from '../ui/isolated';
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
  /** Missing: pictures cannot be selected here. */
  onSelect?: ((index: number, range: boolean) => void) | undefined;
  selected?: boolean;
  /** Some are selected: a click selects another. */
  selecting?: boolean;
}

/** One picture in the grid, or the place of one that is not known yet. */
export const Tile = memo(function Tile(props: Props) {
  const { image, index, total, x, y, width, height, cameraName, clock, link, current, fresh, onOpen } = props;
  const { onSelect, selected = false, selecting = false } = props;
  const longPress = useLongPress(onSelect && (() => onSelect(index, false)));
  const place = { transform: `translate(${x}px, ${y}px)`, width, height };

  function open(event: MouseEvent): void {
    // A click that asks for a new tab gets one.
    if (event.metaKey || event.ctrlKey) return;
    if (event.shiftKey && !onSelect) return;
    event.preventDefault();
    if (longPress.wasOne()) return;
    if (onSelect && (selecting || event.shiftKey)) onSelect(index, event.shiftKey);
    else onOpen(index);
  }

  return (
    <li className={styles.place} style={place} aria-setsize={total} aria-posinset={index + 1}>
      <a
        className={styles.picture}
        href={link}
        data-index={index}
        data-fresh={fresh}
        tabIndex={current ? 0 : -1}
        aria-label={
          image ? `${isolated(cameraName)}, ${clock.full(image.captured_at)}` : 'Picture, not loaded yet'
        }
        data-selected={selected}
        onClick={open}
        {...longPress.handlers}
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
      {onSelect && image && (
        <button
          type="button"
          role="checkbox"
          aria-checked={selected}
          aria-label={`Select ${isolated(cameraName)}, ${clock.full(image.captured_at)}`}
          className={styles.check}
          data-shown={selecting}
          tabIndex={-1}
          onClick={(event) => onSelect(index, event.shiftKey)}
        >
          <Check size={16} strokeWidth={3} aria-hidden />
        </button>
      )}
    </li>
  );
});
