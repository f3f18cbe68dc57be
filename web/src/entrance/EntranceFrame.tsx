import type { ReactNode } from 'react';
import { Brand } from '../ui/Brand';
import { ThemeToggle } from '../ui/ThemeToggle';
import styles from './EntranceFrame.module.css';

/** One thing to do, in the middle of the page. */
export function EntranceFrame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <Brand />
        <ThemeToggle />
      </header>
      <main className={styles.middle}>
        <div className={styles.card}>{children}</div>
      </main>
    </div>
  );
}

/** What is to be done, and why. */
export function EntranceTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.lead}>{children}</div>}
    </div>
  );
}
