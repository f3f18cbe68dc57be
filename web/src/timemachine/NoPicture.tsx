import type { ReactNode } from 'react';
import styles from './NoPicture.module.css';

/** In the place of a picture that is not there, and as high: what is below it stays where it is. */
export function NoPicture({ children }: { children: ReactNode }) {
  return (
    <p role="status" className={styles.place}>
      {children}
    </p>
  );
}
