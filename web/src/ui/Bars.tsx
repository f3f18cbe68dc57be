import styles from './Bars.module.css';

const GAP = 2;
const LOWEST = 3;
const QUIET_HEIGHT = 1.5;

interface Props {
  /** Of each bar the share of the height, 0 to 1. Zero is a dash on the ground. */
  shares: readonly number[];
  barWidth: number;
  height: number;
  /** Missing: it says nothing that does not stand beside it. */
  label?: string;
}

/** Small bars at a glance. Two shapes, however many they are: a page has hundreds. */
export function Bars({ shares, barWidth, height, label }: Props) {
  const draw = (isDrawn: (share: number) => boolean, heightOf: (share: number) => number) =>
    shares
      .map((share, i) => {
        const tall = heightOf(share);
        return isDrawn(share)
          ? `M${i * (barWidth + GAP)} ${height - tall}v${tall}h${barWidth}v-${tall}z`
          : '';
      })
      .join('');
  return (
    <svg
      className={styles.bars}
      width={shares.length * (barWidth + GAP)}
      height={height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path
        className={styles.quiet}
        d={draw(
          (share) => share === 0,
          () => QUIET_HEIGHT,
        )}
      />
      <path
        className={styles.bar}
        d={draw(
          (share) => share > 0,
          (share) => Math.max(LOWEST, height * share),
        )}
      />
    </svg>
  );
}
