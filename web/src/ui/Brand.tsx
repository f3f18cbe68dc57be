import styles from './Brand.module.css';

/** A heliograph: a tilted mirror that throws a ray of the sun to somewhere far away. */
export function Brand() {
  return (
    <h1 className={styles.brand}>
      <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
        <circle className={styles.mirror} cx="12.5" cy="19.5" r="8" />
        <path className={styles.glint} d="M8 21.5a5 5 0 0 1 3.5-6.4" />
        <path className={styles.ray} d="M18.6 13.4 22 10" />
        <path className={styles.flash} d="M25 1.5l1.3 4.2L30.5 7l-4.2 1.3L25 12.5l-1.3-4.2L19.5 7l4.2-1.3z" />
        <path className={styles.stand} d="m10.2 27.2-2.7 3.8M14.8 27.2l2.7 3.8" />
      </svg>
      Heliograph
    </h1>
  );
}
