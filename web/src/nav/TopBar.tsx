import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Brand } from '../ui/Brand';
import styles from './TopBar.module.css';

interface Props {
  /** Between the name and the tools; on a phone below them. */
  children?: ReactNode;
  tools?: ReactNode;
}

/** What stands above every place: as high on each, so that nothing moves from one to the next. */
export function TopBar({ children, tools }: Props) {
  return (
    <header className={styles.bar}>
      <Link href="/" aria-label="Heliograph: to the pictures">
        <Brand />
      </Link>
      <div className={styles.middle}>{children}</div>
      <div className={styles.tools}>{tools}</div>
    </header>
  );
}
