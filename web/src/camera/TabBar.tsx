import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { linkToCamera, type CameraTab } from '../address';
import styles from './TabBar.module.css';
import { TAB_WORDS } from './tabs';

interface Props {
  camera: string;
  tabs: readonly CameraTab[];
  current: CameraTab;
}

/** The parts of a camera's page: links, so that each can be kept and sent. */
export function TabBar({ camera, tabs, current }: Props) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const chosen = bar.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav ref={bar} className={styles.bar} aria-label="Parts of this page">
      <ul className={styles.tabs}>
        {tabs.map((tab) => (
          <li key={tab}>
            <Link
              href={linkToCamera(camera, tab)}
              className={styles.tab ?? ''}
              aria-current={tab === current ? 'page' : undefined}
            >
              {TAB_WORDS[tab]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
