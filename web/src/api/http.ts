// How the dashboard talks to the server: one typed client, what goes with every request, and what an answer means.
// Only the files of this folder use it.
import createClient, { type Middleware } from 'openapi-fetch';
import { takeOrFetch } from '../early/answers';
import type { paths } from './schema.gen';

const CSRF_HEADER = 'X-CSRF-Token';
const SAFE_METHODS = ['GET', 'HEAD'];
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** The server answered, and the answer was no. What never reached the server is fetch's own TypeError. */
export class ApiError extends Error {
  readonly status: number;
  /** The kind of problem, where the status says too little. */
  readonly kind: string;
  /** How long the server asks to wait before the next try; 0: it does not say. */
  readonly wait_s: number;

  constructor(status: number, detail: string, kind = '', wait_s = 0) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.kind = kind;
    this.wait_s = wait_s;
  }
}

// Of the session that the browser's cookie holds.
let csrf: string | null = null;

/** What goes with each change from now on; null: nobody is signed in. */
export function sendWithChanges(token: string | null): void {
  csrf = token;
}

const refusals = new EventTarget();
const REFUSED = 'refused';

/** Calls `listener` whenever the server lets us not in, or no longer; returns how to stop that. */
export function onRefusal(listener: () => void): () => void {
  refusals.addEventListener(REFUSED, listener);
  return () => refusals.removeEventListener(REFUSED, listener);
}

const rights: Middleware = {
  onRequest({ request }) {
    if (csrf !== null && !SAFE_METHODS.includes(request.method)) request.headers.set(CSRF_HEADER, csrf);
    return request;
  },
  onResponse({ response: { status } }) {
    if (status === UNAUTHORIZED || status === FORBIDDEN) refusals.dispatchEvent(new Event(REFUSED));
  },
};

export const client = createClient<paths>({ fetch: takeOrFetch });
client.use(rights);

interface Answer<T> {
  data?: T;
  error?: { title?: string; detail?: string } | undefined;
  response: Response;
}

function errorOf({ error, response }: Answer<unknown>): ApiError {
  const detail = error?.detail ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, detail, error?.title, Number(response.headers.get('Retry-After')));
}

export function dataOf<T>(answer: Answer<T>): T {
  if (answer.data !== undefined) return answer.data;
  throw errorOf(answer);
}

/** For answers that say nothing but yes. */
export function check(answer: Answer<unknown>): void {
  if (!answer.response.ok) throw errorOf(answer);
}
