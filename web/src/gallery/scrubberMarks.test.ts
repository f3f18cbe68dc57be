import { describe, expect, it } from 'vitest';
import { gridShape, layoutDays } from './layout';
import { scrubberMarks } from './scrubberMarks';

const dayNumber = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** `count` pictures on each day from `newest` back, one day after the other. */
function layoutFrom(newest: string, days: number, count = 20) {
  const list = Array.from({ length: days }, (_, i) => ({
    day: dayNumber(newest) - i,
    first: i * count,
    count,
    hours: [],
  }));
  return layoutDays(list, gridShape(1200));
}

const labels = (layout: ReturnType<typeof layoutFrom>, height: number) =>
  scrubberMarks(layout, layout.height - 800, height).map(({ label }) => label);

describe('scrubberMarks', () => {
  it('names months, and the year where it changes', () => {
    expect(labels(layoutFrom('2026-03-20', 120), 800)).toEqual(['Mar', 'Feb', 'Jan', '2025', 'Nov']);
  });

  it('names days when there are few', () => {
    expect(labels(layoutFrom('2026-11-22', 4), 800)).toEqual(['22 Nov', '21 Nov', '20 Nov', '19 Nov']);
  });

  it('never lets labels overlap, and keeps years', () => {
    const layout = layoutFrom('2026-11-22', 3000);
    const marks = scrubberMarks(layout, layout.height - 800, 500);
    expect(marks.filter(({ kind }) => kind === 'year')).toHaveLength(8);
    const gaps = marks.slice(1).map((mark, i) => mark.y - (marks[i]?.y ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(24);
  });

  it('is empty when everything fits the screen', () => {
    expect(scrubberMarks(layoutFrom('2026-11-22', 1, 3), -100, 800)).toEqual([]);
  });
});
