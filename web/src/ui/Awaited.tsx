import type { ReactNode } from 'react';
import styles from './Awaited.module.css';
import { Button } from './Button';
import { Problem } from './Problem';

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  /** What is waited for: "the cameras". */
  what: string;
  children: (data: T) => ReactNode;
}

/**
 * What was asked of the server. Its place is held until it comes; what goes wrong is said, with a way to try again;
 * and what was there before stays below.
 */
export function Awaited<T>({ query: { data, error, refetch }, what, children }: Props<T>) {
  return (
    <>
      {error && (
        <div className={styles.failed}>
          <Problem error={error} />
          {data !== undefined && <p className={styles.older}>What is shown is from before.</p>}
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      )}
      {data === undefined && !error && (
        <div className={styles.waiting} role="status">
          <span className="visually-hidden">Loading {what}</span>
          <span className={styles.ghost} aria-hidden="true" />
          <span className={styles.ghost} aria-hidden="true" />
        </div>
      )}
      {data !== undefined && children(data)}
    </>
  );
}

/** In the place of a list that has nothing in it. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className={styles.nothing} role="status">
      {children}
    </p>
  );
}
