import { CalendarSearch, Keyboard, ListFilter, Share2, Video } from 'lucide-react';
import { linkToLive } from '../address';
import type { Camera } from '../api/gallery';
import type { LiveState } from '../live/changes';
import { LiveIndicator } from '../live/LiveIndicator';
import { TopBar } from '../nav/TopBar';
import type { Filter } from '../organise/filter';
import { AccountMenu } from '../session/AccountMenu';
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
  /** Pictures have just come in. */
  news: boolean;
  onFilter: () => void;
  /** Missing: there is no day to go to. */
  onDay?: (() => void) | undefined;
  onShortcuts: () => void;
  /** Missing: there is no single camera, or the reader may not share it. */
  onShare?: (() => void) | undefined;
}

export function Header(props: Props) {
  const { cameras, camera, filter, live, news, onFilter, onDay, onShortcuts, onShare } = props;
  const isKnown = camera !== undefined && cameras.some(({ id }) => id === camera);
  return (
    <TopBar
      tools={
        <>
          <LiveIndicator state={live} news={news} />
          {cameras.length > 0 && <IconButton icon={ListFilter} label="Filter" onClick={onFilter} />}
          {onDay && <IconButton icon={CalendarSearch} label="Go to a day" onClick={onDay} />}
          {isKnown && <IconLink icon={Video} label="Watch live" href={linkToLive(camera)} />}
          {onShare && <IconButton icon={Share2} label="Share this camera" onClick={onShare} />}
          <span className={styles.keyboard}>
            <IconButton icon={Keyboard} label="Keyboard shortcuts" onClick={onShortcuts} />
          </span>
          <ThemeToggle />
          <AccountMenu />
        </>
      }
    >
      {cameras.length > 0 && <CameraBar cameras={cameras} selected={camera} filter={filter} />}
    </TopBar>
  );
}
