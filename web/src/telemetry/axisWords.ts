// What stands at an axis of time. Pure, but for the reader's own zone.

const DAY_S = 86_400;
const YEAR_S = 365 * DAY_S;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

/** `incrementS`: what lies between two marks. */
export function axisWords(atS: number, incrementS: number): string {
  const date = new Date(atS * 1000);
  if (incrementS >= YEAR_S) return String(date.getFullYear());
  if (incrementS >= 28 * DAY_S) return month.format(date);
  return incrementS >= DAY_S ? day.format(date) : clock.format(date);
}
