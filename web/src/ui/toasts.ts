// What the page tells in passing: one queue for all of it, in which a message waits until there is room for it.
import { createContext, use } from 'react';

export interface Toast {
  words: string;
  tone?: 'plain' | 'good' | 'trouble';
  /** What can be done about it while it is shown: undo, look. */
  action?: { label: string; run: () => void };
  /** A later one about the same takes the place of this one: "1 removed" becomes "2 removed". */
  about?: string;
  /** It answers what somebody has just done: it does not wait for room, which the oldest answer makes. */
  answer?: boolean;
}

export interface ShownToast extends Toast {
  id: number;
}

// More than three at once are read by nobody, and cover a phone.
const SHOWN_MOST = 3;
// A news ticker, not a log: what has waited behind so many is no news any more.
const WAITING_MOST = 20;
// Long enough to read two lines twice.
const SHOWN_MS = 6_000;
// Long enough to see it, decide, and get there with a keyboard; it stands still under the pointer and the focus.
const SHOWN_WITH_ACTION_MS = 12_000;

/** The page's thread. Times run only while somebody can read, and has not got their hand on it. */
export class Toasts {
  #queue: readonly ShownToast[] = [];
  #shown: readonly ShownToast[] = [];
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  #held = false;
  #lastId = 0;

  /** Returns how to take it back before its time. */
  show(toast: Toast): () => void {
    this.#lastId += 1;
    const made = { ...toast, id: this.#lastId };
    const { about, answer } = toast;
    const place = about === undefined ? -1 : this.#queue.findIndex((one) => one.about === about);
    if (place >= 0) this.#change(this.#queue.with(place, made));
    else if (answer) this.#change(withAnswer(this.#queue, made));
    else this.#change([...this.#queue.slice(0, SHOWN_MOST + WAITING_MOST - 1), made]);
    return () => this.dismiss(made.id);
  }

  dismiss(id: number): void {
    this.#change(this.#queue.filter((one) => one.id !== id));
  }

  /** While held, none goes by itself; afterwards each has its whole time again. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    for (const { id } of this.#shown) this.#stopTimer(id);
    this.#startTimers();
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  /** Those that are to be seen now, the oldest first. */
  readonly shown = (): readonly ShownToast[] => this.#shown;

  #change(queue: readonly ShownToast[]): void {
    const before = this.#shown;
    this.#queue = queue;
    this.#shown = queue.slice(0, SHOWN_MOST);
    for (const { id } of before) if (!this.#shown.some((one) => one.id === id)) this.#stopTimer(id);
    this.#startTimers();
    for (const changed of this.#listeners) changed();
  }

  #startTimers(): void {
    if (this.#held) return;
    for (const { id, action } of this.#shown) {
      if (this.#timers.has(id)) continue;
      const time_ms = action ? SHOWN_WITH_ACTION_MS : SHOWN_MS;
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), time_ms),
      );
    }
  }

  #stopTimer(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

/** Among those that are shown: where there is no room, the oldest answer goes, or else the last of them waits again. */
function withAnswer(queue: readonly ShownToast[], made: ShownToast): readonly ShownToast[] {
  const full = queue.length >= SHOWN_MOST;
  const oldest = full ? queue.slice(0, SHOWN_MOST).findIndex(({ answer }) => answer) : -1;
  return queue
    .filter((_, place) => place !== oldest)
    .toSpliced(SHOWN_MOST - 1, 0, made)
    .slice(0, SHOWN_MOST + WAITING_MOST);
}

const Context = createContext<Toasts | null>(null);

export const ToastsProvider = Context;

export function useToasts(): Toasts {
  const toasts = use(Context);
  if (!toasts) throw new Error('ToastsProvider is missing');
  return toasts;
}
