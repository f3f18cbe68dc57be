import { useEffect, type ReactNode } from 'react';
import { TopBar } from '../nav/TopBar';
import { AccountMenu } from '../session/AccountMenu';
import { ThemeToggle } from '../ui/ThemeToggle';
import styles from './PageFrame.module.css';

interface Props {
  title: string;
  /** Below the title. */
  lead?: string;
  /** It shows more than is read: as wide as the window. */
  wide?: boolean;
  children: ReactNode;
}

/** What stands around every page that is not the gallery. */
export function PageFrame({ title, lead, wide, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Heliograph`;
  }, [title]);
  return (
    <div className={styles.screen}>
      <TopBar
        tools={
          <>
            <ThemeToggle />
            <AccountMenu />
          </>
        }
      />
      {/* It scrolls where the document would: keys reach it, also when there is nothing else to reach in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <main className={styles.scroll} tabIndex={0}>
        <div className={styles.page} data-wide={wide}>
          <h2 className={styles.title}>{title}</h2>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
