import { useLayoutEffect, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useSize } from '../gallery/useSize';
import { monthOf, monthWords } from '../time/words';
import type { DayNumber } from '../time/zone';
import styles from './Heatmap.module.css';
import { dayByKey } from './keys';
import { Legend } from './Legend';
import { cellWords, yearWords, type CalendarDay, type Year } from './year';

// So small that a year fits into a window, so large that a finger finds a day.
const LEAST_PITCH = 16;
const MOST_PITCH = 22;
const BETWEEN = 3;
const HEAD = 18;
const DAYS_A_WEEK = 7;

const DAY_OF = 'data-day';

function dayOfTarget({ target }: SyntheticEvent): DayNumber | undefined {
  const day = target instanceof Element ? target.getAttribute(DAY_OF) : null;
  return day === null ? undefined : Number(day);
}

/** A year at a glance: weeks from left to right, days from Monday down. A day says what it is when it is asked. */
export function Heatmap({ year, today }: { year: Year; today: DayNumber }) {
  const { weeks } = year;
  const cells = weeks.flat().filter((cell) => cell !== undefined);
  const [first, last] = [cells[0]?.day ?? 0, cells.at(-1)?.day ?? 0];
  const newest = cells.findLast((cell) => cell.kind !== 'outside')?.day ?? last;
  const [pointed, setPointed] = useState<DayNumber>();
  const [focused, setFocused] = useState<DayNumber>();
  // The Tab key reaches one day, the arrow keys the others.
  const [reached, setReached] = useState(newest);
  const told = cells.find(({ day }) => day === (pointed ?? focused));

  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const pitch = Math.min(MOST_PITCH, Math.max(LEAST_PITCH, Math.floor(width / weeks.length)));
  useLayoutEffect(() => {
    // What is newest is looked for first, and a phone has not room for a year.
    const week = weeks.findLastIndex((days) => days.some((cell) => cell?.day === newest));
    if (box.current) box.current.scrollLeft = (week + 2) * pitch - box.current.clientWidth;
  }, [weeks, newest, pitch]);

  const onKey = (event: KeyboardEvent<SVGSVGElement>) => {
    const to = dayByKey(event.key, reached, first, last);
    if (to === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelector<SVGElement>(`[${DAY_OF}='${to}']`)?.focus();
  };
  return (
    <>
      <div ref={box} className={styles.scroll}>
        <svg
          width={weeks.length * pitch}
          height={HEAD + DAYS_A_WEEK * pitch}
          role="grid"
          aria-label={`${year.year}: ${yearWords(year)}`}
          onKeyDown={onKey}
          onPointerOver={(event) => setPointed(dayOfTarget(event))}
          onPointerLeave={() => setPointed(undefined)}
          onBlur={() => setFocused(undefined)}
          onFocus={(event) => {
            const day = dayOfTarget(event);
            setFocused(day);
            if (day !== undefined) setReached(day);
          }}
        >
          {weeks.map((week, x) => (
            <Month key={x} week={week} x={x * pitch} />
          ))}
          {weeks.map((week, x) => (
            <g key={x} role="row" transform={`translate(${x * pitch} ${HEAD})`}>
              {week.map(
                (cell, y) =>
                  cell && (
                    <rect
                      key={cell.day}
                      {...{ [DAY_OF]: cell.day }}
                      role="gridcell"
                      tabIndex={cell.day === reached ? 0 : -1}
                      aria-label={cellWords(cell, today)}
                      className={styles.day}
                      data-kind={cell.kind}
                      data-level={cell.level}
                      y={y * pitch}
                      width={pitch - BETWEEN}
                      height={pitch - BETWEEN}
                      rx={3}
                    />
                  ),
              )}
            </g>
          ))}
        </svg>
      </div>
      <div className={styles.below}>
        <p>{told ? cellWords(told, today) : yearWords(year)}</p>
        <Legend />
      </div>
    </>
  );
}

/** The month's name stands above the week in which it begins. */
function Month({ week, x }: { week: readonly (CalendarDay | undefined)[]; x: number }) {
  const begins = week.find((cell) => cell && (cell.day === 0 || monthOf(cell.day) !== monthOf(cell.day - 1)));
  if (!begins) return null;
  return (
    <text className={styles.month} x={x} y={HEAD - 7} aria-hidden>
      {monthWords(begins.day)}
    </text>
  );
}
