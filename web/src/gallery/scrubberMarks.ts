// Which dates stand beside the scrubber: as many as there is room for, years before months before days.
import { monthOf, monthWords, shortDayWords, yearOf } from '../time/words';
import type { DayNumber } from '../time/zone';
import type { GridLayout } from './layout';

export interface Mark {
  /** Pixels from the upper end of the track. */
  readonly y: number;
  readonly label: string;
  readonly kind: 'year' | 'month' | 'day';
}

// A label is 16 px high; two of them need air between.
const LABEL_PITCH_PX = 24;
// With fewer months than this, days tell more.
const MONTHS_MIN = 3;

export function scrubberMarks(layout: GridLayout, range: number, trackHeight: number): Mark[] {
  if (range <= 0) return [];
  const months = new Set(layout.boxes.map(({ day }) => yearOf(day.day) * 12 + monthOf(day.day))).size;
  const marks: Mark[] = [];
  let before: DayNumber | undefined;
  for (const box of layout.boxes) {
    const { day } = box.day;
    const mark = markOf(day, before, months < MONTHS_MIN);
    before = day;
    if (mark) marks.push({ ...mark, y: Math.min(1, box.top / range) * trackHeight });
  }
  return thinned(marks);
}

function markOf(day: DayNumber, newer: DayNumber | undefined, byDay: boolean): Omit<Mark, 'y'> | undefined {
  if (newer !== undefined && yearOf(newer) !== yearOf(day)) {
    return { kind: 'year', label: String(yearOf(day)) };
  }
  if (byDay) return { kind: 'day', label: shortDayWords(day) };
  if (newer === undefined || monthOf(newer) !== monthOf(day)) {
    return { kind: 'month', label: monthWords(day) };
  }
  return undefined;
}

/** Leaves out what would overlap; a year goes before a month, and the newer before the older. */
function thinned(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const place = (mark: Mark) => {
    if (kept.every(({ y }) => Math.abs(y - mark.y) >= LABEL_PITCH_PX)) kept.push(mark);
  };
  marks.filter(({ kind }) => kind === 'year').forEach(place);
  marks.filter(({ kind }) => kind !== 'year').forEach(place);
  return kept.sort((a, b) => a.y - b.y);
}
