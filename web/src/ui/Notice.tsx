import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** A line above the pictures about something that is not as it should be. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p className={styles.notice} role="status">
      {children}
    </p>
  );
}
