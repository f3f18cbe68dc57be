import { Keyboard, Share2, Video } from 'lucide-react';
import type { Camera } from '../api/gallery';
import type { LiveState } from '../live/changes';
import { LiveIndicator } from '../live/LiveIndicator';
import { AccountMenu } from '../session/AccountMenu';
import { Brand } from '../ui/Brand';
import { IconButton } from '../ui/IconButton';
import { ThemeToggle } from '../ui/ThemeToggle';
import { CameraBar } from './CameraBar';
import styles from './Header.module.css';

interface Props {
  cameras: readonly Camera[];
  camera: string | undefined;
  live: LiveState;
  onShortcuts: () => void;
  /** Missing: there is no single camera. */
  onWatch?: (() => void) | undefined;
  /** Missing: there is no single camera, or the reader may not share it. */
  onShare?: (() => void) | undefined;
}

export function Header({ cameras, camera, live, onShortcuts, onWatch, onShare }: Props) {
  return (
    <header className={styles.header}>
      <Brand />
      {cameras.length > 0 && (
        <div className={styles.cameras}>
          <CameraBar cameras={cameras} selected={camera} />
        </div>
      )}
      <div className={styles.tools}>
        <LiveIndicator state={live} />
        {onWatch && <IconButton icon={Video} label="Watch live" onClick={onWatch} />}
        {onShare && <IconButton icon={Share2} label="Share this camera" onClick={onShare} />}
        <ThemeToggle />
        <span className={styles.keyboard}>
          <IconButton icon={Keyboard} label="Keyboard shortcuts" onClick={onShortcuts} />
        </span>
        <AccountMenu />
      </div>
    </header>
  );
}
