import { ApiError } from '../api/http';
import styles from './Problem.module.css';
import { problemWords, waitWords } from './troubleWords';
import { useSecondsLeft } from './useSecondsLeft';

const TOO_MANY = 429;

/** Says, beside what was tried, why it did not work; nothing when there is no error. */
export function Problem({ error }: { error: Error | null }) {
  return (
    <div role="alert" className={styles.place}>
      {error && (
        <p className={styles.problem}>
          {error instanceof ApiError && error.status === TOO_MANY && error.wait_s > 0 ? (
            <Wait wait_s={error.wait_s} />
          ) : (
            problemWords(error)
          )}
        </p>
      )}
    </div>
  );
}

function Wait({ wait_s }: { wait_s: number }) {
  const left = useSecondsLeft(wait_s);
  if (left === 0) return 'You can try again now.';
  return (
    <>
      Too many tries. Wait {/* Told once; every second would be too much to listen to. */}
      <span aria-hidden="true">{waitWords(left)}</span>
      <span className="visually-hidden">{waitWords(wait_s)}</span>, then try again.
    </>
  );
}
