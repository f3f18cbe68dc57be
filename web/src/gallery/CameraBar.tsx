import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { thumbnailUrl, type Camera } from '../api/gallery';
import { linkTo } from '../address';
import type { Filter } from '../organise/filter';
import { numberWords } from '../time/words';
import { useGrowing } from '../ui/useGrowing';
import styles from './CameraBar.module.css';

// More than a phone has room for. The others are there before they come into view: of fifty cameras each costs a slow
// phone milliseconds before its first picture.
const CHIPS = { first: 8, more: 16 };

interface Props {
  cameras: readonly Camera[];
  selected: string | undefined;
  /** What else is chosen, which stays. */
  filter: Filter;
}

/** Which camera's pictures to show: every choice is a link, so it can be kept and sent. */
export function CameraBar({ cameras, selected, filter }: Props) {
  const bar = useRef<HTMLElement>(null);
  const { count, end } = useGrowing<HTMLLIElement>(cameras.length, CHIPS);
  const chosen = cameras.findIndex(({ id }) => id === selected);
  const shown = cameras.slice(0, Math.max(count, chosen + 1));
  const moved = useRef(false);
  useEffect(() => {
    // It begins with the first in view; to look where it is costs a slow phone a tenth of a second.
    if (selected === undefined && !moved.current) return;
    moved.current = true;
    const chip = bar.current?.querySelector('[aria-current]');
    chip?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected, chosen]);

  const total = cameras.reduce((sum, camera) => sum + camera.image_count, 0);
  return (
    <nav ref={bar} className={styles.bar} aria-label="Cameras">
      <ul className={styles.chips}>
        <li>
          <Chip
            link={linkTo({ camera: undefined, image: undefined }, filter)}
            current={selected === undefined && filter.cameras.length === 0}
            count={total}
          >
            All cameras
          </Chip>
        </li>
        {shown.map((camera) => (
          <li key={camera.id}>
            <Chip
              link={linkTo({ camera: camera.id, image: undefined }, filter)}
              current={selected === camera.id}
              count={camera.image_count}
              picture={camera.last_image ? thumbnailUrl(camera.last_image) : undefined}
            >
              {camera.name}
            </Chip>
          </li>
        ))}
        {shown.length < cameras.length && <li ref={end} aria-hidden />}
      </ul>
    </nav>
  );
}

interface ChipProps {
  link: string;
  current: boolean;
  count: number;
  picture?: string | undefined;
  children: string;
}

function Chip({ link, current, count, picture, children }: ChipProps) {
  return (
    <Link href={link} className={styles.chip ?? ''} aria-current={current ? 'page' : undefined}>
      {picture !== undefined && (
        // Of fifty cameras most are out of sight, and the pictures below come first.
        <img
          key={picture}
          className={styles.picture}
          src={picture}
          alt=""
          loading="lazy"
          fetchPriority="low"
          decoding="async"
        />
      )}
      <bdi className={styles.name}>{children}</bdi>
      <span className={styles.count}>
        {numberWords(count)}
        <span className="visually-hidden">{count === 1 ? ' picture' : ' pictures'}</span>
      </span>
    </Link>
  );
}
