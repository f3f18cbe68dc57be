import type { ReactNode } from 'react';
import styles from './Rows.module.css';

/** A list of things one can do something with. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  name: string;
  /** A word that sets it apart. */
  mark?: string | undefined;
  facts: readonly string[];
  children?: ReactNode;
}

export function Row({ name, mark, facts, children }: RowProps) {
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <p className={styles.name}>
          {name}
          {mark !== undefined && <span className={styles.mark}>{mark}</span>}
        </p>
        {facts.map((fact) => (
          <p key={fact} className={styles.fact}>
            {fact}
          </p>
        ))}
      </div>
      <div className={styles.actions}>{children}</div>
    </li>
  );
}
