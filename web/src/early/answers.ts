// What the first view asks for is asked while the browser still fetches the program (begin.ts); each answer waits here for
// whoever asks the same. On a line of 165 ms that is three waits less before the first picture.

// Longer than a slow phone takes to begin; what nobody has asked for by then is no longer true.
export const LASTS_MS = 10_000;

interface Early {
  answer: Promise<Response>;
  asked_at: number;
  /** Once it has been read. */
  body?: unknown;
  /** Somebody shows it. */
  isShown?: true;
}

const asked = new Map<string, Early>();

/** Of paths with their queries, as the client writes them; returns what will come, by path. */
export function askEarly(paths: readonly string[]): [path: string, answer: Promise<Response>][] {
  const answers = paths.map((path): [string, Promise<Response>] => [path, fetch(path)]);
  const asked_at = performance.now();
  for (const [path, answer] of answers) {
    asked.set(path, { answer, asked_at });
    // A failure is told to whoever takes it. What was refused nobody reads, and the browser should not keep it.
    answer.then((given) => (given.ok ? undefined : given.body?.cancel())).catch(() => undefined);
  }
  return answers;
}

/** Waits until all of them have been read, and no longer than that. Never fails. */
export async function readAnswers(within_ms: number): Promise<void> {
  const reading = [...asked.values()].map(async (early) => {
    const answer = await early.answer;
    if (answer.ok) early.body = await answer.clone().json();
  });
  const over = new Promise((resolve) => setTimeout(resolve, within_ms));
  await Promise.race([Promise.allSettled(reading), over]);
}

/** What `path` was answered, for who draws without waiting; undefined: it has not been read, or long ago. */
export function knownAnswer(path: string): unknown {
  const early = asked.get(path);
  if (!early || !isFresh(early) || early.body === undefined) return undefined;
  early.isShown = true;
  return early.body;
}

function isFresh({ asked_at }: Early): boolean {
  return performance.now() - asked_at < LASTS_MS;
}

/** Nothing is known of before: somebody else is there now. */
export function forgetAnswers(): void {
  asked.clear();
}

/** The answer that came before it was asked for, once; a refusal is no answer: somebody may have signed in since. */
export async function takeOrFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const early = request.method === 'GET' ? asked.get(pathname + search) : undefined;
  if (early) {
    asked.delete(pathname + search);
    // Who asks for what is shown wants news of it.
    const answer = isFresh(early) && !early.isShown && (await early.answer.catch(() => undefined));
    request.signal.throwIfAborted();
    if (answer && answer.ok) return answer;
  }
  // Looked up at each call, so that a test may put its own in place.
  return globalThis.fetch(request);
}
