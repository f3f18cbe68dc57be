import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { dayWords, monthOf, shortDayWords, yearOf } from '../time/words';
import type { DayNumber } from '../time/zone';
import { boxAt, type GridLayout } from './layout';
import styles from './Scrubber.module.css';
import type { ScrollMap } from './scrollMap';
import { scrubberMarks } from './scrubberMarks';
import { useSize } from './useSize';

interface Props {
  layout: GridLayout;
  scroll: ScrollMap;
  today: DayNumber;
  moveTo: (virtualTop: number) => void;
}

// On a phone it stays in sight this long after the last movement.
const IDLE_MS = 1_400;

/** All of time from top to bottom: drag it, click it, or step through days and months by key. */
export function Scrubber({ layout, scroll, today, moveTo }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const { height } = useSize(track);
  const [dragging, setDragging] = useState(false);
  const [hover, setHover] = useState<number>();
  const moving = useRecentlyMoved(scroll.virtualTop);
  const range = scroll.virtualHeight - scroll.viewHeight;
  const marks = useMemo(() => scrubberMarks(layout, range, height), [layout, range, height]);
  const boxIndex = boxAt(layout, scroll.virtualTop + layout.shape.headingHeight);
  const day = layout.boxes[boxIndex]?.day.day;
  if (day === undefined) return null;

  const goToBox = (index: number) => {
    const box = layout.boxes[Math.max(0, Math.min(layout.boxes.length - 1, index))];
    if (box) moveTo(box.top);
  };
  const shareAt = (event: PointerEvent) => {
    const { top } = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientY - top) / height));
  };

  function onKeyDown(event: KeyboardEvent): void {
    const month = (direction: number) => monthAway(layout, boxIndex, direction);
    const targets: Record<string, number> = {
      ArrowDown: boxIndex + 1,
      ArrowUp: boxIndex - 1,
      ArrowRight: boxIndex + 1,
      ArrowLeft: boxIndex - 1,
      PageDown: month(1),
      PageUp: month(-1),
      Home: 0,
      End: layout.boxes.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    goToBox(target);
  }

  const at = range > 0 ? Math.min(1, scroll.virtualTop / range) * height : 0;
  const hoverDay = hover === undefined ? undefined : layout.boxes[boxAt(layout, hover * range)]?.day.day;
  return (
    <div className={styles.scrubber} data-active={moving || dragging} hidden={range <= 0}>
      <div
        ref={track}
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label="Day"
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={layout.boxes.length - 1}
        aria-valuenow={boxIndex}
        aria-valuetext={dayWords(day, today)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          moveTo(shareAt(event) * range);
        }}
        onPointerMove={(event) => {
          if (dragging) moveTo(shareAt(event) * range);
          else setHover(shareAt(event));
        }}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onPointerLeave={() => setHover(undefined)}
      >
        {marks.map(({ y, label, kind }) => (
          <span key={`${y} ${label}`} className={styles.mark} data-kind={kind} style={{ top: y }}>
            {label}
          </span>
        ))}
        {hoverDay !== undefined && !dragging && (
          <span className={styles.hover} style={{ top: (hover ?? 0) * height }}>
            {shortDayWords(hoverDay)} {yearOf(hoverDay)}
          </span>
        )}
        <span className={styles.thumb} style={{ top: at }}>
          <span className={styles.label} data-shown={dragging}>
            {shortDayWords(day)} {yearOf(day)}
          </span>
        </span>
      </div>
    </div>
  );
}

/** The place of the first day of the next month (direction 1), or of the one before (-1). */
function monthAway(layout: GridLayout, from: number, direction: number): number {
  const monthAt = (index: number) => {
    const day = layout.boxes[index]?.day.day;
    return day === undefined ? undefined : yearOf(day) * 12 + monthOf(day);
  };
  let index = from;
  const start = monthAt(from);
  while (monthAt(index) === start) index += direction;
  // Backwards this is a month's oldest day; its newest stands further up.
  const found = monthAt(index);
  if (direction < 0 && found !== undefined) while (monthAt(index - 1) === found) index -= 1;
  return index;
}

function useRecentlyMoved(top: number): boolean {
  const [moving, setMoving] = useState(false);
  const [lastTop, setLastTop] = useState(top);
  if (top !== lastTop) {
    setLastTop(top);
    setMoving(true);
  }
  useEffect(() => {
    const timer = setTimeout(() => setMoving(false), IDLE_MS);
    return () => clearTimeout(timer);
  }, [top]);
  return moving;
}
