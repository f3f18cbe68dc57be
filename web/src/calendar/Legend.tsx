import styles from './Heatmap.module.css';
import { LEVELS } from './year';

const SIZE = 11;

/** What the colours of the days mean. */
export function Legend() {
  return (
    <p className={styles.legend} aria-hidden>
      Fewer
      {Array.from({ length: LEVELS }, (_, i) => (
        <svg key={i} width={SIZE} height={SIZE}>
          <rect className={styles.day} data-level={i + 1} width={SIZE} height={SIZE} rx={3} />
        </svg>
      ))}
      More
      <svg className={styles.apart} width={SIZE} height={SIZE}>
        <rect
          className={styles.day}
          data-kind="gap"
          x={0.5}
          y={0.5}
          width={SIZE - 1}
          height={SIZE - 1}
          rx={3}
        />
      </svg>
      Gap
    </p>
  );
}
