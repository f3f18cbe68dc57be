import { useLayoutEffect, useRef } from 'react';
import { dayWords, monthOf, monthWords, pictureWords } from '../time/words';
import type { DayNumber } from '../time/zone';
import styles from './Heatmap.module.css';
import { yearWords, type CalendarDay, type Year } from './year';

const PITCH = 14;
const SIZE = 11;
const HEAD = 18;
const DAYS_A_WEEK = 7;

/** A year at a glance: weeks from left to right, days from Monday down. */
export function Heatmap({ year, today }: { year: Year; today: DayNumber }) {
  const { weeks } = year;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // What is newest is looked for first, and a phone has not room for a year.
    const last = weeks.findLastIndex((week) => week.some((cell) => cell && cell.kind !== 'outside'));
    if (box.current) box.current.scrollLeft = (last + 2) * PITCH - box.current.clientWidth;
  }, [weeks]);
  return (
    // A year is wider than a phone: the arrow keys must reach its other end.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} className={styles.scroll} tabIndex={0} role="group" aria-label="The year">
      <svg
        width={weeks.length * PITCH}
        height={HEAD + DAYS_A_WEEK * PITCH}
        role="img"
        aria-label={`${year.year}: ${yearWords(year)}`}
      >
        {weeks.map((week, x) => (
          <g key={x} transform={`translate(${x * PITCH} 0)`}>
            <Month week={week} />
            {week.map(
              (cell, y) =>
                cell && (
                  <rect
                    key={cell.day}
                    className={styles.day}
                    data-kind={cell.kind}
                    data-level={cell.level}
                    y={HEAD + y * PITCH}
                    width={SIZE}
                    height={SIZE}
                    rx={2}
                  >
                    <title>{`${dayWords(cell.day, today)}: ${pictureWords(cell.count)}`}</title>
                  </rect>
                ),
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The month's name stands above the week in which it begins. */
function Month({ week }: { week: readonly (CalendarDay | undefined)[] }) {
  const begins = week.find((cell) => cell && (cell.day === 0 || monthOf(cell.day) !== monthOf(cell.day - 1)));
  if (!begins) return null;
  return (
    <text className={styles.month} y={HEAD - 7}>
      {monthWords(begins.day)}
    </text>
  );
}
