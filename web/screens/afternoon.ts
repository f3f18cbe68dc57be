// Where it is afternoon now: screens show a day that has happened, in the sun, whenever they are made.
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const AFTERNOON = 16;

// Of UTC, from −11 to 12: zones have names of whole hours.
const ahead_h = ((AFTERNOON - new Date().getUTCHours() + 11 + DAY_HOURS) % DAY_HOURS) - 11;

export const AHEAD_MS = ahead_h * HOUR_MS;
/** Their signs are the other way around. */
export const AFTERNOON_ZONE = `Etc/GMT${ahead_h > 0 ? '-' : '+'}${Math.abs(ahead_h)}`;
