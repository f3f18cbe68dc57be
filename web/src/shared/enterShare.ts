// Coming in by a link. Which share it opened is remembered for as long as the tab lives, so that loading the page again is
// no other view and asks for no password twice.
import { ApiError } from '../api/http';
import { fetchShared, openShare, type SharedFacts } from '../api/shared';

const OPENED_KEY = 'heliograph.share';
const NOT_FOUND = 404;

interface Opened {
  token: string;
  share: string;
}

function recall(token: string): string | undefined {
  const opened = JSON.parse(sessionStorage.getItem(OPENED_KEY) ?? 'null') as Opened | null;
  return opened?.token === token ? opened.share : undefined;
}

/** Fails with the kind `share-password` when the password is needed, or was wrong. */
export async function enterShare(token: string, password: string | null): Promise<SharedFacts> {
  const facts = await openShare(token, password);
  sessionStorage.setItem(OPENED_KEY, JSON.stringify({ token, share: facts.id } satisfies Opened));
  return facts;
}

/** With what this tab has opened, if that still holds. */
export async function enterAgain(token: string, signal: AbortSignal): Promise<SharedFacts> {
  const share = recall(token);
  if (share === undefined) return enterShare(token, null);
  try {
    return await fetchShared(share, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === NOT_FOUND) return enterShare(token, null);
    throw error;
  }
}

export function asksForPassword(error: Error | null): boolean {
  return error instanceof ApiError && error.kind === 'share-password';
}

/** The link leads nowhere, whatever the reason. */
export function leadsNowhere(error: Error | null): boolean {
  return error instanceof ApiError && error.status === NOT_FOUND;
}
