// The hours that have pictures. They are kept as numbers, and an hour is made when somebody asks for it: ten years have
// 87,600 of them, and the first view of a gallery needs those of a day.

export interface Hour {
  readonly start: number;
  readonly count: number;
  /** The number of its newest picture. */
  readonly first: number;
}

/** Newest first. */
export class Hours {
  readonly #starts: Float64Array;
  readonly #firsts: Float64Array;

  /** The beginning of each, newest first, and the number of its newest picture; behind the last one the total. */
  constructor(starts: Float64Array, firsts: Float64Array) {
    this.#starts = starts;
    this.#firsts = firsts;
  }

  get length(): number {
    return this.#starts.length;
  }

  at(place: number): Hour | undefined {
    const start = this.#starts[place];
    const first = this.#firsts[place] ?? 0;
    return start === undefined
      ? undefined
      : { start, count: (this.#firsts[place + 1] ?? first) - first, first };
  }

  /** From one place to before another. */
  slice(from: number, to: number): Hour[] {
    const hours = Array.from({ length: Math.max(0, to - from) }, (_, i) => this.at(from + i));
    return hours.filter((hour) => hour !== undefined);
  }

  /** The place of the hour that holds picture number `index`; -1 if none does. */
  holding(index: number): number {
    const place = countWhile(this.length, (i) => (this.#firsts[i] ?? Infinity) <= index) - 1;
    return index < (this.#firsts[place + 1] ?? 0) ? place : -1;
  }

  /** The place of the hour that begins at `start`; -1 if there is none. */
  starting(start: number): number {
    const place = countWhile(this.length, (i) => (this.#starts[i] ?? -Infinity) > start);
    return this.#starts[place] === start ? place : -1;
  }
}

/** How many of so many in order `holds` is true of, which it is of the first ones only. */
export function countWhile(length: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
