import { numberWords } from '../time/words';
import styles from './Sparkline.module.css';

const BAR_WIDTH = 5;
const BAR_PITCH = 8;
const HEIGHT = 24;
const QUIET_HEIGHT = 1.5;

/** A camera's last days at a glance, today last: a day without a picture is a dash on the ground. */
export function Sparkline({ days }: { days: readonly number[] }) {
  const most = Math.max(...days);
  const missing = days.filter((count) => count === 0).length;
  const words = `Pictures a day over ${days.length} days: ${numberWords(most)} at most, ${missing} without any`;
  return (
    <svg
      className={styles.sparkline}
      width={days.length * BAR_PITCH}
      height={HEIGHT}
      role="img"
      aria-label={words}
    >
      {days.map((count, i) => {
        const height = count === 0 ? QUIET_HEIGHT : Math.max(3, (HEIGHT * count) / most);
        return (
          <rect
            key={i}
            className={count === 0 ? styles.quiet : styles.day}
            x={i * BAR_PITCH}
            y={HEIGHT - height}
            width={BAR_WIDTH}
            height={height}
            rx={1}
          />
        );
      })}
    </svg>
  );
}
