import { Keyboard, LayoutGrid, ListFilter, Share2, Video } from 'lucide-react';
import { linkToLive, linkToPage } from '../address';
import type { Camera } from '../api/gallery';
import type { LiveState } from '../live/changes';
import { LiveIndicator } from '../live/LiveIndicator';
import type { Filter } from '../organise/filter';
import { AccountMenu } from '../session/AccountMenu';
import { Brand } from '../ui/Brand';
import { IconButton } from '../ui/IconButton';
import { IconLink } from '../ui/IconLink';
import { ThemeToggle } from '../ui/ThemeToggle';
import { CameraBar } from './CameraBar';
import styles from './Header.module.css';

interface Props {
  cameras: readonly Camera[];
  camera: string | undefined;
  filter: Filter;
  live: LiveState;
  onFilter: () => void;
  onShortcuts: () => void;
  /** Missing: there is no single camera, or the reader may not share it. */
  onShare?: (() => void) | undefined;
}

export function Header({ cameras, camera, filter, live, onFilter, onShortcuts, onShare }: Props) {
  const isKnown = camera !== undefined && cameras.some(({ id }) => id === camera);
  return (
    <header className={styles.header}>
      <Brand />
      {cameras.length > 0 && (
        <div className={styles.cameras}>
          <CameraBar cameras={cameras} selected={camera} filter={filter} />
        </div>
      )}
      <div className={styles.tools}>
        <LiveIndicator state={live} />
        {cameras.length > 0 && <IconButton icon={ListFilter} label="Filter" onClick={onFilter} />}
        {isKnown && <IconLink icon={Video} label="Watch live" href={linkToLive(camera)} />}
        {onShare && <IconButton icon={Share2} label="Share this camera" onClick={onShare} />}
        {cameras.length > 0 && (
          <span className={styles.fleet}>
            <IconLink icon={LayoutGrid} label="Fleet" href={linkToPage('fleet')} />
          </span>
        )}
        <ThemeToggle />
        <span className={styles.keyboard}>
          <IconButton icon={Keyboard} label="Keyboard shortcuts" onClick={onShortcuts} />
        </span>
        <AccountMenu />
      </div>
    </header>
  );
}
