// What the first view asks for is asked while the browser still fetches the program (begin.ts); each answer waits here for
// whoever asks the same. On a line of 165 ms that is three waits less before the first picture.

// Longer than a slow phone takes to begin; what nobody has asked for by then is no longer true.
const LASTS_MS = 10_000;

interface Early {
  answer: Promise<Response>;
  asked_at: number;
}

declare global {
  /** Two programs share it, so it belongs to neither. Missing: nothing was asked for early. */
  var earlyAnswers: Map<string, Early> | undefined;
}

/** Of paths with their queries, as the client writes them; returns what will come, by path. */
export function askEarly(paths: readonly string[]): [path: string, answer: Promise<Response>][] {
  const answers = paths.map((path): [string, Promise<Response>] => [path, fetch(path)]);
  const asked_at = performance.now();
  globalThis.earlyAnswers = new Map(answers.map(([path, answer]) => [path, { answer, asked_at }]));
  // A failure is told to whoever takes it.
  for (const [, answer] of answers) answer.catch(() => undefined);
  return answers;
}

/** The answer that came before it was asked for, once; a refusal is no answer: somebody may have signed in since. */
export async function takeOrFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const asked = request.method === 'GET' ? globalThis.earlyAnswers?.get(pathname + search) : undefined;
  if (asked) {
    globalThis.earlyAnswers?.delete(pathname + search);
    const answer =
      performance.now() - asked.asked_at < LASTS_MS && (await asked.answer.catch(() => undefined));
    request.signal.throwIfAborted();
    if (answer && answer.ok) return answer;
  }
  // Looked up at each call, so that a test may put its own in place.
  return globalThis.fetch(request);
}
