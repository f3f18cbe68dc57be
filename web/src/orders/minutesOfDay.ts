// Minutes as the protocol counts them, and as people read them. Pure.
const HOUR_MIN = 60;

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

/** 390 is "06:30". */
export function timeText(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / HOUR_MIN))}:${twoDigits(minutes % HOUR_MIN)}`;
}

/** The inverse; undefined for what is no time. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  return Number(hours) * HOUR_MIN + Number(minutes);
}

/** -90 is "UTC−01:30". */
export function zoneText(minutesEast: number): string {
  return `UTC${minutesEast < 0 ? '−' : '+'}${timeText(Math.abs(minutesEast))}`;
}
