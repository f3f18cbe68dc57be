import { useEffect, useRef } from 'react';
import { Thumbnail } from '../gallery/Thumbnail';
import { shortDayWords, type ClockWords } from '../time/words';
import { minutesText, type Slot } from './days';
import styles from './DayStrip.module.css';
import { useVisible } from './useVisible';

interface Props {
  slots: readonly Slot[];
  current: number;
  minutes: number;
  clock: ClockWords;
  onPick: (index: number) => void;
}

/** Every day in a row, those without a picture too. */
export function DayStrip({ slots, current, minutes, clock, onPick }: Props) {
  const strip = useRef<HTMLUListElement>(null);
  const visible = useVisible(strip, slots.length);
  useEffect(() => {
    const box = strip.current;
    const tile = box?.children[current];
    if (!(box && tile instanceof HTMLElement)) return;
    // Not scrollIntoView: that would move the page too.
    box.scrollLeft = tile.offsetLeft - (box.clientWidth - tile.offsetWidth) / 2;
  }, [current, slots.length]);
  return (
    <ul ref={strip} className={styles.strip} aria-label="Days">
      {slots.map((slot, i) => (
        <li key={slot.day} data-slot={i}>
          <button
            type="button"
            className={styles.day}
            data-gap={slot.image === null}
            aria-current={i === current}
            aria-label={slotWords(slot, clock, minutes)}
            tabIndex={i === current ? 0 : -1}
            onClick={() => onPick(i)}
          >
            <span className={styles.picture}>
              {slot.image && visible.has(i) && <Thumbnail key={slot.image.id} image={slot.image} />}
            </span>
            {shortDayWords(slot.day)}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** "Sunday 22 November 2026, 12:03:10", or that there is none. */
export function slotWords(slot: Slot, clock: ClockWords, minutes: number): string {
  if (slot.image) return clock.full(slot.image.captured_at);
  const [day = ''] = clock.full(slot.moment).split(',');
  return `${day}: no picture near ${minutesText(minutes)}`;
}
