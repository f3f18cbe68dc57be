import { ChevronLeft, ChevronRight } from 'lucide-react';
import { dayWords, longMonthWords, pictureWords } from '../time/words';
import { DAY_MS, type DayNumber } from '../time/zone';
import { aroundMonth, weeksOfMonth } from './monthDays';
import styles from './Month.module.css';
import type { CalendarDay, DayCounts } from './year';

// Each day of the month says its own.
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface Props {
  counts: DayCounts;
  /** Whose month it is. */
  shown: DayNumber;
  today: DayNumber;
  onShow: (day: DayNumber) => void;
  onPick: (day: DayNumber) => void;
}

/** A month of days, of which those that have pictures can be picked. */
export function Month({ counts, shown, today, onShow, onPick }: Props) {
  const { before, after } = aroundMonth(counts.keys(), shown);
  const title = longMonthWords(shown);
  return (
    <section className={styles.month} aria-label={title}>
      <header className={styles.head}>
        <Turn icon={ChevronLeft} label="The month before with pictures" day={before} onShow={onShow} />
        <h3 className={styles.title} aria-live="polite">
          {title}
        </h3>
        <Turn icon={ChevronRight} label="The month after with pictures" day={after} onShow={onShow} />
      </header>
      <div className={styles.days}>
        {WEEKDAYS.map((name) => (
          <span key={name} className={styles.weekday} aria-hidden>
            {name}
          </span>
        ))}
        {weeksOfMonth(counts, shown, today)
          .flat()
          .map((cell, place) =>
            cell ? (
              <Cell key={cell.day} cell={cell} shown={cell.day === shown} today={today} onPick={onPick} />
            ) : (
              <span key={`none ${place}`} />
            ),
          )}
      </div>
    </section>
  );
}

interface TurnProps {
  icon: typeof ChevronLeft;
  label: string;
  day: DayNumber | undefined;
  onShow: (day: DayNumber) => void;
}

function Turn({ icon: Icon, label, day, onShow }: TurnProps) {
  return (
    <button
      type="button"
      className={styles.turn}
      aria-label={label}
      title={label}
      disabled={day === undefined}
      onClick={() => day !== undefined && onShow(day)}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

interface CellProps {
  cell: CalendarDay;
  shown: boolean;
  today: DayNumber;
  onPick: (day: DayNumber) => void;
}

function Cell({ cell: { day, count, level }, shown, today, onPick }: CellProps) {
  const number = new Date(day * DAY_MS).getUTCDate();
  if (count === 0) {
    return (
      <span className={styles.day} data-shown={shown} aria-hidden>
        {number}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.day}
      data-level={level}
      data-shown={shown}
      aria-current={shown ? 'date' : undefined}
      aria-label={`${dayWords(day, today)}: ${pictureWords(count)}`}
      onClick={() => onPick(day)}
    >
      {number}
    </button>
  );
}
