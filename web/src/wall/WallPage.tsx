import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { useSearchParams } from 'wouter';
import type { Camera } from '../api/gallery';
import { LIVE_PATH } from '../api/live';
import type { Member } from '../fleet/roster';
import { useFleet } from '../fleet/useFleet';
import { useSize } from '../gallery/useSize';
import { LiveSocket } from '../live/liveSocket';
import { minuteWords } from '../time/words';
import { Nothing } from '../ui/Awaited';
import { Notice } from '../ui/Notice';
import { problemWords } from '../ui/troubleWords';
import { driftAt } from './drift';
import { gridFor, pagesOf, USUAL_RATIO } from './grid';
import { readOptions, writeOptions, type WallOptions } from './options';
import { useScale } from './scale';
import { useFullScreen } from './useFullScreen';
import { useMinute } from './useMinute';
import { useStill } from './useStill';
import { useTurn } from './useTurn';
import { useWakeLock } from './useWakeLock';
import { WallBar } from './WallBar';
import styles from './WallPage.module.css';
import { WallTile } from './WallTile';
import { compareNames } from '../ui/byName';

/** By name: whoever looks in passing knows where a camera hangs. */
function shownOf(roster: readonly Member[], group: string | undefined): Camera[] {
  return roster
    .filter((member) => group === undefined || member.group === group)
    .map(({ camera }) => camera)
    .sort((a, b) => compareNames(a.name, b.name));
}

function ratioOf({ last_image: last }: Camera): number {
  return last ? last.width / last.height : USUAL_RATIO;
}

/** Many cameras on a screen that somebody looks at in passing. */
export default function WallPage() {
  const [params, setParams] = useSearchParams();
  const options = readOptions(params);
  const fleet = useFleet();
  const now = useMinute();
  const still = useStill();
  const [scale, setScale] = useScale();
  const { full, alone, toggle } = useFullScreen();
  const [socket] = useState(() => new LiveSocket(LIVE_PATH));
  const room = useRef<HTMLUListElement>(null);
  const size = useSize(room);
  useWakeLock();
  useEffect(() => {
    document.title = 'Wall · Heliograph';
  }, []);

  const cameras = shownOf(fleet.roster ?? [], options.group);
  const grid = gridFor(size, cameras.map(ratioOf), options.most);
  const pages = pagesOf(cameras, grid);
  const turn = useTurn(pages.length, options.every_s);
  const drift = driftAt(now);
  const vars = {
    '--drift-x': `${drift.x_px}px`,
    '--drift-y': `${drift.y_px}px`,
    '--columns': grid.columns,
    '--rows': grid.rows,
  } as CSSProperties;
  const change = (next: WallOptions) => setParams((before) => writeOptions(before, next), { replace: true });

  return (
    <div className={styles.screen} style={vars} data-still={still} data-alone={alone} data-scale={scale}>
      <WallBar
        options={options}
        groups={fleet.groups}
        onChange={change}
        alone={alone}
        scale={scale}
        onScale={setScale}
        full={full}
        onFull={toggle}
        hidden={still && cameras.length > 0}
      />
      <main className={styles.room}>
        {fleet.error && <Notice>{problemWords(fleet.error)} Trying again.</Notice>}
        {fleet.roster === undefined && !fleet.error && (
          <div className={styles.nothing}>
            <Nothing>Looking for the cameras …</Nothing>
          </div>
        )}
        {fleet.roster !== undefined && cameras.length === 0 && (
          <div className={styles.nothing}>
            <Nothing>There is no camera to show.</Nothing>
          </div>
        )}
        <ul ref={room} className={styles.grid} aria-label="Cameras">
          {pages[turn]?.map((camera) => (
            <WallTile
              key={camera.id}
              camera={camera}
              now={now}
              width={(size.width / grid.columns) * window.devicePixelRatio}
              live={options.show === 'live' ? socket : undefined}
            />
          ))}
        </ul>
      </main>
      <p className={styles.clock} data-corner={drift.corner}>
        <time>{minuteWords(now)}</time>
        {pages.length > 1 && <span className={styles.page}>{`${turn + 1} of ${pages.length}`}</span>}
      </p>
    </div>
  );
}
