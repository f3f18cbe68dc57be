import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { AccountMenu } from '../session/AccountMenu';
import { Brand } from '../ui/Brand';
import { ThemeToggle } from '../ui/ThemeToggle';
import styles from './PageFrame.module.css';

interface Props {
  title: string;
  /** Below the title. */
  lead?: string;
  children: ReactNode;
}

/** What stands around every page that is not the gallery. */
export function PageFrame({ title, lead, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Heliograph`;
  }, [title]);
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <Link href="/" aria-label="Heliograph: to the pictures">
          <Brand />
        </Link>
        <div className={styles.tools}>
          <ThemeToggle />
          <AccountMenu />
        </div>
      </header>
      <main className={styles.scroll}>
        <div className={styles.page}>
          <h2 className={styles.title}>{title}</h2>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
