import { CameraOff } from 'lucide-react';
import { useRef } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../address';
import { originalUrl, type Camera } from '../api/gallery';
import { Thumbnail } from '../gallery/Thumbnail';
import type { LiveSocket } from '../live/liveSocket';
import { useLivePicture } from '../live/useLivePicture';
import { isMoving } from '../live/view';
import { presenceWords } from '../orders/presenceWords';
import { spanWords } from '../time/words';
import { PresenceDot } from '../ui/PresenceDot';
import styles from './WallTile.module.css';

// So that somebody at the other end of the room sees it move, and a camera on Wi-Fi carries it all day.
const WALL_FPS = 2;
// Wider than that a small copy looks as one.
const SMALL_COPY_MAX_PX = 480;

// Of these the picture's age is what somebody wants to know; of others, why there is no newer one.
const WELL: readonly Camera['presence'][] = ['online', 'asleep'];

interface Props {
  camera: Camera;
  now: number;
  /** Of the tile, in pixels of the screen. */
  width: number;
  /** Missing: only what was stored. */
  live: LiveSocket | undefined;
}

/** One camera on the wall: what it sends now, or else what it took last. */
export function WallTile({ camera, now, width, live }: Props) {
  const { last_image: last } = camera;
  return (
    <li className={styles.tile} data-presence={camera.presence}>
      {last && width <= SMALL_COPY_MAX_PX && <Thumbnail key={last.id} image={last} />}
      {last && width > SMALL_COPY_MAX_PX && (
        <img className={styles.original} src={originalUrl(last)} alt="" />
      )}
      {!last && <CameraOff size={32} strokeWidth={1.25} aria-hidden />}
      {live && <LiveLayer camera={camera} socket={live} />}
      <p className={styles.words}>
        <PresenceDot presence={camera.presence} />
        <Link href={linkTo({ camera: camera.id, image: undefined })} className={styles.name ?? ''}>
          {camera.name}
        </Link>
        <span className={styles.age}>
          {last && WELL.includes(camera.presence)
            ? `${spanWords(Math.max(0, now - last.captured_at))} ago`
            : presenceWords(camera, now)}
        </span>
      </p>
    </li>
  );
}

function LiveLayer({ camera, socket }: { camera: Camera; socket: LiveSocket }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { view } = useLivePicture(canvas, socket, camera.id, WALL_FPS);
  const moving = isMoving(view);
  return (
    <>
      <canvas ref={canvas} className={styles.live} data-moving={moving} aria-hidden />
      {moving && <span className={styles.badge}>Live</span>}
    </>
  );
}
