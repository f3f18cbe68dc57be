// What stands at an axis of time. Pure, but for the reader's own zone.

const DAY_S = 86_400;
const MONTH_S = 28 * DAY_S;
const YEAR_S = 365 * DAY_S;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short' });
const year = new Intl.DateTimeFormat('en-GB', { year: 'numeric' });

/** How the marks are said, and what they are a part of; `incrementS`: what lies between two of them. */
function formatsFor(incrementS: number): [mark: Intl.DateTimeFormat, whole?: Intl.DateTimeFormat] {
  if (incrementS >= YEAR_S) return [year];
  if (incrementS >= MONTH_S) return [month, year];
  return incrementS >= DAY_S ? [day, year] : [clock, day];
}

/** "12:00", and in a second line "22 Nov" where that day begins on the axis. */
export function axisWords(marksS: readonly number[], incrementS: number): string[] {
  const [mark, whole] = formatsFor(incrementS);
  let before: string | undefined;
  return marksS.map((atS) => {
    const date = new Date(atS * 1000);
    const part = whole?.format(date);
    const begins = part !== before;
    before = part;
    return part !== undefined && begins ? `${mark.format(date)}\n${part}` : mark.format(date);
  });
}
