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
  /** What holds its place until then; missing: two lines. */
  ghosts?: ReactNode;
  children: (data: T) => ReactNode;
}

const LINES = (
  <>
    <span className={styles.ghost} />
    <span className={styles.ghost} />
  </>
);

/**
 * What was asked of the server. Its place is held until it comes; what goes wrong is said, with a way to try again;
 * and what was there before stays below.
 */
export function Awaited<T>({ query: { data, error, refetch }, what, ghosts = LINES, children }: Props<T>) {
  return (
    <>
      {error && <Failed error={error} older={data !== undefined} onAgain={() => void refetch()} />}
      {data === undefined && !error && (
        <div role="status">
          <span className="visually-hidden">Loading {what}</span>
          <div className={styles.ghosts} aria-hidden="true">
            {ghosts}
          </div>
        </div>
      )}
      {data !== undefined && children(data)}
    </>
  );
}

interface FailedProps {
  error: Error;
  /** What was there before is still shown. */
  older?: boolean;
  onAgain: () => void;
}

/** What went wrong, and a way to try again. */
export function Failed({ error, older = false, onAgain }: FailedProps) {
  return (
    <div className={styles.failed}>
      <Problem error={error} />
      {older && <p className={styles.older}>What is shown is from before.</p>}
      <Button onClick={onAgain}>Try again</Button>
    </div>
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
