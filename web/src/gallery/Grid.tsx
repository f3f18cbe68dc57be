import { CircleCheck, Share2 } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import type { ShownCamera } from '../api/gallery';
import type { Selecting } from '../organise/useSelection';
import { dayWords, pictureWords, type ClockWords } from '../time/words';
import type { DayNumber, OffsetAt } from '../time/zone';
import { IconButton } from '../ui/IconButton';
import type { Album } from './album';
import { DayRhythm } from './DayRhythm';
import styles from './Grid.module.css';
import {
  USUAL_RATIO,
  boxAt,
  placeRow,
  rowTop,
  rowsInView,
  type DayBox,
  type GridLayout,
  type GridShape,
} from './layout';
import { usePicturePlaces } from './places';
import { boxShift, type ScrollMap } from './scrollMap';
import { Tile } from './Tile';
import type { Day } from './timeline';

interface Props {
  album: Album;
  layout: GridLayout;
  scroll: ScrollMap;
  cameras: ReadonlyMap<string, ShownCamera>;
  /** The camera of the filter, for links. */
  camera: string | undefined;
  clock: ClockWords;
  offsetAt: OffsetAt;
  today: DayNumber;
  /** The picture that the Tab key reaches. */
  current: number;
  onOpen: (index: number) => void;
  /** Missing: the reader may not share these, or they are not of one camera. */
  onShareDay?: ((day: DayNumber) => void) | undefined;
  /** Missing: pictures cannot be selected here. */
  selecting?: Selecting | undefined;
}

// Rows beyond both edges of the view, as a share of it: enough that a turn of the wheel shows no bare ground.
const OVERSCAN_VIEWS = 0.6;
// A day may be taller than any element can be; only this much of it before and behind the view is put on the page. The
// cut moves in steps as long as itself, so that pictures keep their places while the reader scrolls.
const CUT_STEP_PX = 1_000_000;

export function Grid(props: Props) {
  const { layout, scroll, cameras, camera } = props;
  // A place whose picture is not known yet takes the shape of the camera's last one.
  const last = camera === undefined ? undefined : cameras.get(camera)?.last_image;
  const guess = last ? last.width / last.height : USUAL_RATIO;
  // What nobody sees yet is drawn after what they see.
  const overscan = useDeferredValue(scroll.viewHeight * OVERSCAN_VIEWS, 0);
  const top = scroll.virtualTop - overscan;
  const bottom = scroll.virtualTop + scroll.viewHeight + overscan;
  const boxes: DayBox[] = [];
  for (let i = boxAt(layout, top); i < layout.boxes.length; i += 1) {
    const box = layout.boxes[i];
    if (!box || box.top > bottom) break;
    boxes.push(box);
  }
  return (
    <div
      className={styles.grid}
      style={{ height: scroll.boxHeight }}
      data-gliding={props.album.fresh.size > 0}
    >
      {boxes.map((box) => (
        <DaySection key={box.day.day} {...props} guess={guess} box={box} top={top} bottom={bottom} />
      ))}
    </div>
  );
}

interface DayProps extends Props {
  guess: number;
  box: DayBox;
  top: number;
  bottom: number;
}

function DaySection({ box, top, bottom, ...grid }: DayProps) {
  const { album, layout, scroll, current, offsetAt, today, selecting } = grid;
  const { shape } = layout;
  const { day } = box;
  const cutTop = Math.max(box.top, (Math.floor(top / CUT_STEP_PX) - 1) * CUT_STEP_PX);
  const cutBottom = Math.min(box.top + box.height, (Math.floor(bottom / CUT_STEP_PX) + 2) * CUT_STEP_PX);
  const place = { top: cutTop + boxShift(scroll), height: cutBottom - cutTop };
  const rows = rowsInView(box, shape, top, bottom);
  const titleId = `day-${day.day}`;
  return (
    <section className={styles.day} style={place} aria-labelledby={titleId}>
      <Heading
        titleId={titleId}
        day={day}
        height={shape.headingHeight}
        offsetAt={offsetAt}
        today={today}
        onShareDay={grid.onShareDay}
        selecting={selecting}
      />
      <ul className={styles.pictures}>
        {Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, i) => {
          const row = rows.first + i;
          const first = box.first + row * shape.columns;
          const count = Math.min(shape.columns, box.first + box.count - first);
          return (
            <Row
              key={row}
              album={album}
              version={album.version()}
              shape={shape}
              cameras={grid.cameras}
              camera={grid.camera}
              clock={grid.clock}
              onOpen={grid.onOpen}
              onSelect={selecting?.choose}
              selection={selecting?.selection}
              guess={grid.guess}
              first={first}
              count={count}
              y={rowTop(box, row, shape) - cutTop}
              current={current >= first && current < first + count ? current : undefined}
            />
          );
        })}
      </ul>
    </section>
  );
}

interface HeadingProps extends Pick<Props, 'offsetAt' | 'today' | 'onShareDay' | 'selecting'> {
  titleId: string;
  day: Day;
  height: number;
}

const Heading = memo(function Heading(props: HeadingProps) {
  const { titleId, day, height, offsetAt, today, onShareDay, selecting } = props;
  return (
    <header className={styles.heading} style={{ height }}>
      <h2 className={styles.title} id={titleId}>
        {dayWords(day.day, today)}
      </h2>
      <span className={styles.count}>{pictureWords(day.count)}</span>
      <DayRhythm hours={day.hours} offsetAt={offsetAt} />
      {selecting && (
        <IconButton
          icon={CircleCheck}
          label={`Select ${dayWords(day.day, today)}`}
          onClick={() => selecting.chooseDay(day)}
        />
      )}
      {onShareDay && (
        <IconButton
          icon={Share2}
          label={`Share ${dayWords(day.day, today)}`}
          onClick={() => onShareDay(day.day)}
        />
      )}
    </header>
  );
});

interface RowProps extends Pick<Props, 'album' | 'cameras' | 'camera' | 'clock' | 'onOpen'> {
  /** Of the album, which changes itself. */
  version: number;
  shape: GridShape;
  onSelect: Selecting['choose'] | undefined;
  selection: Selecting['selection'] | undefined;
  guess: number;
  /** Which pictures. */
  first: number;
  count: number;
  y: number;
  /** The picture that the Tab key reaches, if it is one of them. */
  current: number | undefined;
}

/** One row, which is drawn anew when something of it changes, and not with each step of a scroll. */
const Row = memo(function Row(props: RowProps) {
  const { album, shape, cameras, camera, clock, onOpen, onSelect, selection, guess, first, count, y } = props;
  const places = usePicturePlaces();
  const images = Array.from({ length: count }, (_, i) => album.at(first + i));
  const spans = placeRow(
    images.map((image) => (image ? image.width / image.height : guess)),
    shape,
  );
  return images.map((image, i) => (
    <Tile
      key={image?.id ?? i}
      image={image}
      index={first + i}
      total={album.timeline.total}
      x={spans[i]?.x ?? 0}
      y={y}
      width={spans[i]?.width ?? 0}
      height={shape.rowHeight}
      cameraName={(image && cameras.get(image.camera_id)?.name) ?? 'Camera'}
      clock={clock}
      link={places.page(image, camera)}
      current={first + i === props.current}
      fresh={image !== undefined && album.fresh.has(image.id)}
      onOpen={onOpen}
      onSelect={onSelect}
      selected={image !== undefined && selection?.has(image.id) === true}
      selecting={(selection?.size ?? 0) > 0}
    />
  ));
});
