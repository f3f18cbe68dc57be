// Why a browser does not let itself be told, for a person. Pure.
import { BrowserTrouble } from '../ui/troubleWords';

// By the name of what a browser throws.
const WORDS: Partial<Record<string, string>> = {
  NotAllowedError: 'The browser was not allowed to show notifications',
  AbortError:
    'The browser could not reach its own push service. Some have it switched off in their settings, and some networks block it',
  SecurityError: 'The browser does not trust the certificate of this server, and takes no program from it',
  TimeoutError:
    'The browser could not install what shows the notifications. Load the page again, then try once more',
};

/** What is none of the browser's is left as it is. */
export function browserTrouble(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  return new BrowserTrouble(WORDS[error.name] ?? `The browser could not do that: ${error.message}`);
}
