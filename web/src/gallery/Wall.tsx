import { ArrowUp } from 'lucide-react';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  type FocusEvent,
  type KeyboardEvent,
} from 'react';
import type { ShownCamera } from '../api/gallery';
import { firstWallSize } from '../early/firstPictures';
import type { Selecting } from '../organise/useSelection';
import { newPictureWords, type ClockWords } from '../time/words';
import type { DayNumber, OffsetAt } from '../time/zone';
import type { Album } from './album';
import { Grid } from './Grid';
import { boxAt, gridShape, layoutDays, picturesInView, topOf } from './layout';
import { pictureByKey } from './navigation';
import { indexNow, positionAt, type Position } from './position';
import { Scrubber } from './Scrubber';
import { useScroll } from './useScroll';
import { useSize } from './useSize';
import styles from './Wall.module.css';

interface Props {
  album: Album;
  cameras: ReadonlyMap<string, ShownCamera>;
  camera: string | undefined;
  clock: ClockWords;
  offsetAt: OffsetAt;
  today: DayNumber;
  /** Something lies over the pictures. */
  covered: boolean;
  /** Where the reader is: what the Tab key finds, and what gets the focus back when the cover goes. */
  position: Position;
  onMove: (position: Position) => void;
  onOpen: (position: Position) => void;
  onShareDay?: ((day: DayNumber) => void) | undefined;
  selecting?: Selecting | undefined;
  /** There while the reader says which day they want to go to: they have, or do not want to any more. */
  onDayFound?: (() => void) | undefined;
}

const DayDialog = lazy(() => import('./DayDialog'));

// Further down than this the reader is busy, and what arrives waits. One row of pictures would be felt, this is not.
const HOLD_BELOW_PX = 40;
// Pictures known before they come into view: one more screen in both directions.
const LOOK_AHEAD_VIEWS = 1;

/** The wall of pictures: the grid in its scroll box, the keyboard's way through it, and the scrubber beside it. */
export function Wall(props: Props) {
  const { album, cameras, camera, clock, offsetAt, today, covered, position, onMove, onOpen, onShareDay } =
    props;
  const { selecting, onDayFound } = props;
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box, firstWallSize);
  const { timeline } = album;
  const shape = useMemo(() => gridShape(width), [width]);
  const layout = useMemo(() => layoutDays(timeline.days, shape), [timeline, shape]);
  const { map, onScroll, moveTo } = useScroll(box, album, layout, height);
  const { virtualTop } = map;
  const bottom = virtualTop + height;

  const busy = virtualTop > HOLD_BELOW_PX || covered;
  useEffect(() => album.hold(busy), [album, busy]);

  const ahead = height * LOOK_AHEAD_VIEWS;
  const wanted = width > 0 ? picturesInView(layout, virtualTop - ahead, bottom + ahead) : undefined;
  useEffect(() => album.want('wall', wanted));

  const inView = picturesInView(layout, virtualTop, bottom);
  let current = indexNow(album, position);
  // Whatever is on the screen, the Tab key must find a picture there.
  if (inView && (current < inView.first || current > inView.last)) current = inView.first;

  const focusWanted = useRef(false);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    // A picture that scrolled out of the page, or that took the place of its placeholder, took the focus with it.
    const lost = hadFocus.current && document.activeElement === document.body;
    if (!focusWanted.current && !lost) return;
    const tile = box.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!tile) return;
    focusWanted.current = false;
    tile.focus({ preventScroll: true });
  });

  function reveal(index: number): void {
    const top = topOf(layout, index);
    const rowBottom = top + shape.rowHeight + shape.gap;
    moveTo(Math.min(top - shape.headingHeight, Math.max(virtualTop, rowBottom - height)));
    focusWanted.current = true;
  }

  function goTo(day: DayNumber): void {
    const box = layout.boxes.find((one) => one.day.day === day);
    if (!box) return;
    moveTo(box.top);
    focusWanted.current = true;
    onMove(positionAt(album, box.first));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.toLowerCase() === 'x' && selecting) {
      event.preventDefault();
      selecting.choose(current, event.shiftKey);
      return;
    }
    const target = pictureByKey(layout, current, event.key, height);
    if (target === undefined) return;
    event.preventDefault();
    if (event.shiftKey && selecting) {
      if (selecting.selection.size === 0) selecting.choose(current, false);
      selecting.choose(target, true);
    }
    reveal(target);
    onMove(positionAt(album, target));
  }

  function onFocus(event: FocusEvent<HTMLElement>): void {
    // What lies over the wall may hand the focus back to the picture it was opened from; the reader has moved on since.
    if (covered) return;
    hadFocus.current = true;
    const index = Number(event.target.dataset.index ?? NaN);
    if (!Number.isNaN(index)) onMove(positionAt(album, index));
  }

  const takeFocusBack = useEffectEvent(() => {
    const index = position.image && album.indexOf(position.image);
    if (!covered && index !== undefined) reveal(index);
  });
  useEffect(() => takeFocusBack(), [covered]);

  // The same one while the reader scrolls, or each picture would be drawn anew with every step.
  const open = useCallback((index: number) => onOpen(positionAt(album, index)), [album, onOpen]);

  const dayInView = layout.boxes[boxAt(layout, virtualTop + shape.headingHeight)]?.day.day;
  return (
    <main className={styles.wall}>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- a person works with the pictures inside;
          their keys and their focus are watched here for all of them */}
      <div
        ref={box}
        className={styles.box}
        data-testid="wall"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={() => {
          hadFocus.current = false;
        }}
      >
        {width > 0 && (
          <Grid
            album={album}
            layout={layout}
            scroll={map}
            cameras={cameras}
            camera={camera}
            clock={clock}
            offsetAt={offsetAt}
            today={today}
            current={current}
            onOpen={open}
            onShareDay={onShareDay}
            selecting={selecting}
          />
        )}
      </div>
      <Scrubber layout={layout} scroll={map} today={today} moveTo={moveTo} />
      {onDayFound && dayInView !== undefined && (
        <Suspense>
          <DayDialog
            days={timeline.days}
            shown={dayInView}
            today={today}
            onGo={(day) => {
              onDayFound();
              goTo(day);
            }}
            onClose={onDayFound}
          />
        </Suspense>
      )}
      {album.heldCount > 0 && !covered && (
        <button type="button" className={styles.pill} onClick={() => moveTo(0)}>
          <ArrowUp size={16} aria-hidden /> {newPictureWords(album.heldCount)}
        </button>
      )}
    </main>
  );
}
