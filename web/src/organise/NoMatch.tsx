import { Button } from '../ui/Button';
import styles from './NoMatch.module.css';

/** There are pictures, and the filter leaves none. */
export function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <main className={styles.place}>
      <h2 className={styles.title}>No picture fits this filter</h2>
      <p>Take a part of it away, or look at all of them.</p>
      <Button look="primary" onClick={onShowAll}>
        Show all pictures
      </Button>
    </main>
  );
}
