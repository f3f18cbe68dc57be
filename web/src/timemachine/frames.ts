// Decoded pictures of a film, as few as it takes: what is asked for is loaded, what is not any more is let go.
import type { Readiness } from './player';

/** A decoded picture, which takes memory until it is closed. */
export interface Decoded {
  close: () => void;
}

export type LoadFrame<T extends Decoded> = (index: number, signal: AbortSignal) => Promise<T>;

// Of the browser's six connections to a host, two stay for the rest of the page.
const LOADS_AT_ONCE = 4;

interface Entry<T> {
  picture?: T;
  failed?: boolean;
  loading?: AbortController;
}

export class Frames<T extends Decoded> {
  readonly #load: LoadFrame<T>;
  readonly #onChange: () => void;
  #entries = new Map<number, Entry<T>>();
  #order: readonly number[] = [];

  /** `onChange` is told when a frame is there, or will not come. */
  constructor(load: LoadFrame<T>, onChange: () => void) {
    this.#load = load;
    this.#onChange = onChange;
  }

  get(index: number): T | undefined {
    return this.#entries.get(index)?.picture;
  }

  readiness(index: number): Readiness {
    const entry = this.#entries.get(index);
    if (entry?.picture) return 'ready';
    return entry?.failed === true ? 'failed' : 'waiting';
  }

  /** These, the most urgent first, and no others. */
  hold(indices: readonly number[]): void {
    const wanted = new Set(indices);
    for (const [index, entry] of this.#entries) {
      if (wanted.has(index)) continue;
      entry.loading?.abort();
      entry.picture?.close();
      this.#entries.delete(index);
    }
    this.#order = indices;
    this.#loadNext();
  }

  /** All of them are let go. */
  dispose(): void {
    this.hold([]);
  }

  #loadNext(): void {
    let loading = [...this.#entries.values()].filter((entry) => entry.loading).length;
    for (const index of this.#order) {
      if (loading >= LOADS_AT_ONCE) return;
      if (this.#entries.has(index)) continue;
      loading += 1;
      void this.#start(index);
    }
  }

  async #start(index: number): Promise<void> {
    const loading = new AbortController();
    const entry: Entry<T> = { loading };
    this.#entries.set(index, entry);
    const picture = await this.#load(index, loading.signal).catch(() => undefined);
    // Let go meanwhile, or let go and asked for again.
    if (this.#entries.get(index) !== entry) {
      picture?.close();
      return;
    }
    delete entry.loading;
    if (picture) entry.picture = picture;
    else entry.failed = true;
    this.#onChange();
    this.#loadNext();
  }
}
