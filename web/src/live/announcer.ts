// What a screen reader is told about new pictures: their number, at most once in a while.

// A camera that sends ten times a minute must not talk over everything else.
export const ANNOUNCE_EVERY_MS = 10_000;

/** Collects arrivals and speaks of all of them together. */
export class Announcer {
  readonly #speak: (words: string) => void;
  #count = 0;
  #lastCamera = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(speak: (words: string) => void) {
    this.#speak = speak;
  }

  arrived(cameraName: string): void {
    this.#count += 1;
    this.#lastCamera = cameraName;
    // The first of a quiet while is told at once.
    if (this.#timer === undefined) this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#count === 0) return;
    this.#speak(this.#count === 1 ? `New picture from ${this.#lastCamera}` : `${this.#count} new pictures`);
    this.#count = 0;
    this.#timer = setTimeout(() => this.#tell(), ANNOUNCE_EVERY_MS);
  }
}
