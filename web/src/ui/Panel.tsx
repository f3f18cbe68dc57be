import { useId, type ReactNode } from 'react';
import styles from './Panel.module.css';

interface Props {
  title: string;
  lead?: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One matter of a page. */
export function Panel({ title, lead, action, children }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
