// What goes wrong between page and server, for a person. Pure.
import { ApiError } from '../api/http';

/** The server's own words begin small. */
export function begun(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** And they end without a stop. */
function sentence(words: string): string {
  const stop = /[.!?]$/.test(words) ? '' : '.';
  return begun(words) + stop;
}

/** What the browser itself refuses to do, in words for its reader. */
export class BrowserTrouble extends Error {}

/** In one sentence, beside what was tried. */
export function problemWords(error: Error): string {
  if (error instanceof ApiError || error instanceof BrowserTrouble) return sentence(error.message);
  return 'The server does not answer. Try again in a moment.';
}

/** For a whole page that cannot be shown. */
export function troubleWords(error: Error, what: string): { title: string; detail: string } {
  if (error instanceof ApiError) {
    return { title: `The server could not show ${what}`, detail: sentence(error.message) };
  }
  return {
    title: 'The server does not answer',
    detail: `Nothing came back from ${window.location.host}. It may be starting, or out of reach.`,
  };
}

/** "8 seconds", "3 minutes" */
export function waitWords(wait_s: number): string {
  if (wait_s < 90) return wait_s === 1 ? '1 second' : `${wait_s} seconds`;
  return `${Math.ceil(wait_s / 60)} minutes`;
}
