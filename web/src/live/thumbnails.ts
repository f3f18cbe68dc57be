// Who waits for which thumbnail. A picture reaches the page before its small copy is made; the tile that shows it asks
// here to be told.
import { createContext, use } from 'react';

export class ThumbnailNews {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Calls `ready` when the thumbnail of that image is made; returns how to stop waiting. */
  await(id: string, ready: () => void): () => void {
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(ready));
    return () => {
      waiting.delete(ready);
      if (waiting.size === 0) this.#waiting.delete(id);
    };
  }

  made(id: string): void {
    for (const ready of this.#waiting.get(id) ?? []) ready();
  }
}

const Context = createContext<ThumbnailNews | null>(null);

export const ThumbnailNewsProvider = Context;

export function useThumbnailNews(): ThumbnailNews {
  const news = use(Context);
  if (!news) throw new Error('ThumbnailNewsProvider is missing');
  return news;
}
