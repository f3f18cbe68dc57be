import type { Camera } from '../api/gallery';
import styles from './PresenceDot.module.css';

/** The colour of a camera's presence; the words beside it say the same. */
export function PresenceDot({ presence }: { presence: Camera['presence'] }) {
  return <span className={styles.dot} data-presence={presence} aria-hidden="true" />;
}
