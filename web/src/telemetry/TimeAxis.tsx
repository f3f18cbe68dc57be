import { useMemo, useRef } from 'react';
import styles from './Chart.module.css';
import { axesFor, timeFor, usePlot, type TimeSpan } from './plot';

const HEIGHT = 38;

/** The time that all charts above it share; it stays in sight as they go by. */
export function TimeAxis({ from, to }: TimeSpan) {
  const place = useRef<HTMLDivElement>(null);
  const options = useMemo(
    () => ({
      height: HEIGHT,
      ...timeFor({ from, to }, true),
      legend: { show: false },
      cursor: { show: false },
      axes: axesFor(true),
      series: [{}, {}],
    }),
    [from, to],
  );
  const data = useMemo(
    (): [number[], null[]] => [
      [from / 1000, to / 1000],
      [null, null],
    ],
    [from, to],
  );
  usePlot(place, options, data);
  return <div ref={place} className={styles.times} aria-hidden />;
}
