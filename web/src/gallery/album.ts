// The pictures of one gallery (all cameras, or one), as far as they are known: it answers "which picture is number i?",
// asks the server for what is in view, and takes in what arrives live.
//
// It is plain state with subscribers, kept outside React: a picture is looked up by number thousands of times a scroll.
// A query cache keyed by page would not do, since a picture that arrives live moves the number of every other.
import type { Image, ImagePage } from '../api/gallery';
import { retryDelay } from '../live/backoff';
import type { OffsetAt } from '../time/zone';
import { hoursOfNewest, hoursOfPage, without, withArrival, withPage, type KnownHour } from './known';
import { overlap, type IndexRange } from './layout';
import { PAGE_SIZE, hoursOf, planRequests, type PageRequest } from './paging';
import type { Hour } from './hours';
import { buildTimeline, hourOf, type HourCounts, type Timeline } from './timeline';

/** Reads one page of at most PAGE_SIZE pictures. */
export type LoadPage = (request: PageRequest, signal: AbortSignal) => Promise<ImagePage>;

// Two at a time leave the browser's other connections (six per host) to thumbnails and the stream of changes.
const REQUESTS_AT_ONCE = 2;
// A scroll that flies past asks for nothing.
const SETTLE_MS = 60;
// Facts of 20,000 pictures are about 8 MB; a reader who scrolls through millions lets go of what is out of view.
const KNOWN_MAX = 20_000;
// Held back while the reader is busy further down. Past this many, the counts are read anew instead.
const HELD_MAX = 500;
// A little longer than the entrance of a picture takes on the screen.
const FRESH_MS = 1_500;

export class Album {
  readonly #load: LoadPage;
  readonly #offsetAt: OffsetAt;
  readonly #onOutdated: () => void;
  readonly #subscribers = new Set<() => void>();
  #counts = new Map<number, number>();
  readonly #known = new Map<number, KnownHour>();
  readonly #wanted = new Map<string, IndexRange>();
  readonly #requests = new Map<PageRequest, AbortController>();
  #timeline: Timeline = buildTimeline(new Map(), () => 0);
  #readAt: number | undefined;
  #held: Image[] = [];
  #holding = false;
  #fresh: ReadonlySet<string> = new Set();
  #freshTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #requestTimer: ReturnType<typeof setTimeout> | undefined;
  #version = 0;

  /** `onOutdated` is told when the counts should be read again. */
  constructor(load: LoadPage, offsetAt: OffsetAt, onOutdated: () => void) {
    this.#load = load;
    this.#offsetAt = offsetAt;
    this.#onOutdated = onOutdated;
  }

  readonly subscribe = (subscriber: () => void): (() => void) => {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  };

  /** Changes with everything that can be seen; for useSyncExternalStore. */
  readonly version = (): number => this.#version;

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** When the counts were read that were taken in last. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /** Pictures that arrived and wait until the reader is at the top again. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** The ids of the pictures that came in just now, for their entrance. */
  get fresh(): ReadonlySet<string> {
    return this.#fresh;
  }

  /** The last request failed; another try is due by itself. */
  get failing(): boolean {
    return this.#failures > 0;
  }

  at(index: number): Image | undefined {
    const { hours } = this.#timeline;
    const hour = hours.at(hours.holding(index));
    return hour && this.#known.get(hour.start)?.images[index - hour.first];
  }

  /** The number of a picture that is known; undefined if it is not, or not any more. */
  indexOf(image: Pick<Image, 'id' | 'captured_at'>): number | undefined {
    const hour = this.#hourWith(image);
    if (!hour) return undefined;
    const place = this.#known.get(hour.start)?.images.findIndex(({ id }) => id === image.id) ?? -1;
    return place < 0 || place >= hour.count ? undefined : hour.first + place;
  }

  /**
   * The number of a picture, whose hour is read from the server if need be: undefined while that is under way, and -1
   * if the picture is not in this album.
   */
  seek(image: Pick<Image, 'id' | 'captured_at'>): number | undefined {
    const index = this.indexOf(image);
    const hour = this.#hourWith(image);
    const known = hour && this.#known.get(hour.start);
    if (index !== undefined || !hour || (known?.complete && !known.stale)) {
      this.want('seek', undefined);
      return index ?? -1;
    }
    this.want('seek', { first: hour.first, last: hour.first + hour.count - 1 });
    return undefined;
  }

  /** The pictures `who` needs to know; requests that nobody needs any more are given up. */
  want(who: string, range: IndexRange | undefined): void {
    const before = this.#wanted.get(who);
    if (before?.first === range?.first && before?.last === range?.last) return;
    if (range) this.#wanted.set(who, range);
    else this.#wanted.delete(who);
    const hours = this.#wantedHours();
    this.#giveUp((request) => !request.hours.some((start) => hours.has(start)));
    if (this.failing) return;
    // Whoever reads on is not told to wait anew with each row; whoever jumps is.
    if (this.#requestTimer !== undefined && before && range && overlap(before, range)) return;
    this.#askIn(this.#known.size === 0 ? 0 : SETTLE_MS);
  }

  /**
   * The server's counts, which are the album's from now on. Hours that have another count than before show what they
   * had until they are read again.
   */
  setCounts(
    counts: Map<number, number>,
    { newest, read_at }: { newest?: ImagePage | undefined; read_at?: number } = {},
  ): void {
    this.#readAt = read_at;
    // Read again, and still so: nothing is drawn anew.
    if (!newest && this.#held.length === 0 && sameCounts(counts, this.#counts)) return;
    for (const [start, known] of this.#known) {
      if (!counts.has(start)) this.#known.delete(start);
      else if (counts.get(start) !== this.#counts.get(start))
        this.#known.set(start, { ...known, stale: true });
    }
    this.#counts = counts;
    this.#held = [];
    this.#giveUp(() => true);
    for (const [start, known] of newest ? hoursOfNewest(newest) : []) this.#learn(start, known);
    this.#rebuild();
    this.#askIn(0);
  }

  /** What is known of the pictures may be wrong now: it is shown until it is read again. */
  outdated(): void {
    for (const [start, known] of this.#known) this.#known.set(start, { ...known, stale: true });
    this.#giveUp(() => true);
    this.#askIn(0);
  }

  /** A picture came in. While holding, it waits. */
  arrived(image: Image): void {
    if (this.indexOf(image) !== undefined || this.#held.some(({ id }) => id === image.id)) return;
    if (!this.#holding) this.#takeIn([image]);
    else if (this.#held.length < HELD_MAX) this.#held.push(image);
    this.#changed();
  }

  /** A picture is thrown away here: it goes before anyone has read of it. */
  remove(image: Image): void {
    const start = hourOf(image.captured_at);
    const known = this.#known.get(start);
    if (!known || this.indexOf(image) === undefined) return;
    const count = (this.#counts.get(start) ?? 0) - 1;
    if (count > 0) {
      this.#counts.set(start, count);
      this.#known.set(start, without(known, image));
    } else {
      this.#counts.delete(start);
      this.#known.delete(start);
    }
    // An answer on its way may still have this picture in it.
    this.#giveUp((request) => request.hours.includes(start));
    this.#rebuild();
    this.#askIn(0);
  }

  /** What was removed is there again, also while holding. */
  putBack(image: Image): void {
    if (this.indexOf(image) === undefined) this.#takeIn([image]);
  }

  /** While holding, nothing moves under the reader's eyes. Letting go takes in what waited. */
  hold(holding: boolean): void {
    this.#holding = holding;
    if (holding || this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    if (held.length < HELD_MAX) this.#takeIn(held);
    else this.#onOutdated();
    this.#changed();
  }

  /** Tries again now, not later. */
  retry(): void {
    this.#failures = 0;
    this.#askIn(0);
  }

  dispose(): void {
    clearTimeout(this.#requestTimer);
    clearTimeout(this.#freshTimer);
    this.#giveUp(() => true);
  }

  #takeIn(images: readonly Image[]): void {
    for (const image of images) {
      const start = hourOf(image.captured_at);
      const count = this.#counts.get(start) ?? 0;
      const known = this.#known.get(start);
      this.#counts.set(start, count + 1);
      if (known) this.#known.set(start, withArrival(known, image));
      else if (count === 0) {
        this.#known.set(start, { images: [image], cursor: undefined, complete: true, stale: false });
      }
      // An answer on its way may or may not have this picture in it.
      this.#giveUp((request) => request.hours.includes(start));
    }
    this.#fresh = new Set(images.map(({ id }) => id));
    clearTimeout(this.#freshTimer);
    this.#freshTimer = setTimeout(() => {
      this.#fresh = new Set();
      this.#changed();
    }, FRESH_MS);
    this.#rebuild();
    this.#askIn(0);
  }

  #hourWith({ captured_at }: Pick<Image, 'captured_at'>): Hour | undefined {
    const { hours } = this.#timeline;
    return hours.at(hours.starting(hourOf(captured_at)));
  }

  #missing(range: IndexRange): PageRequest[] {
    return planRequests(this.#timeline, range, (hour) => {
      const known = this.#known.get(hour.start);
      return known && !known.stale ? { ...known, known: known.images.length } : undefined;
    });
  }

  #apply(request: PageRequest, page: ImagePage): void {
    const heldIds = new Set(this.#held.map(({ id }) => id));
    const shown = { ...page, images: page.images.filter(({ id }) => !heldIds.has(id)) };
    const [only, second] = request.hours;
    if (only !== undefined && second === undefined) {
      this.#learn(only, withPage(this.#known.get(only), request, shown));
    } else {
      const hours = hoursOfPage(request, shown);
      for (const [start, known] of hours) this.#learn(start, known);
      // The page broke off: its first open hour is busier than counted, and must be read alone.
      const open = request.hours.find((start) => !hours.has(start));
      if (open !== undefined) this.#counts.set(open, Math.max(this.#counts.get(open) ?? 0, PAGE_SIZE + 1));
    }
    this.#forget();
    this.#rebuild();
  }

  /** A list from the server is truer than a count from before. */
  #learn(start: number, known: KnownHour): void {
    if (known.complete && known.images.length === 0) {
      this.#counts.delete(start);
      this.#known.delete(start);
      return;
    }
    this.#known.set(start, known);
    const counted = this.#counts.get(start) ?? 0;
    const listed = known.images.length;
    if (known.complete || listed > counted) this.#counts.set(start, listed);
  }

  #forget(): void {
    let size = 0;
    for (const known of this.#known.values()) size += known.images.length;
    if (size <= KNOWN_MAX) return;
    const wanted = this.#wantedHours();
    for (const start of this.#known.keys()) {
      if (!wanted.has(start)) this.#known.delete(start);
    }
  }

  #wantedHours(): Set<number> {
    const ranges = [...this.#wanted.values()];
    return new Set(ranges.flatMap((range) => hoursOf(this.#timeline, range).map((hour) => hour.start)));
  }

  #giveUp(which: (request: PageRequest) => boolean): void {
    for (const [request, abort] of this.#requests) {
      if (!which(request)) continue;
      this.#requests.delete(request);
      abort.abort();
    }
  }

  #askIn(delay_ms: number): void {
    clearTimeout(this.#requestTimer);
    this.#requestTimer = setTimeout(() => {
      this.#requestTimer = undefined;
      this.#ask();
    }, delay_ms);
  }

  #ask(): void {
    const inFlight = new Set([...this.#requests.keys()].flatMap((request) => request.hours));
    for (const range of this.#wanted.values()) {
      for (const request of this.#missing(range)) {
        if (this.#requests.size >= REQUESTS_AT_ONCE) return;
        if (request.hours.some((start) => inFlight.has(start))) continue;
        for (const start of request.hours) inFlight.add(start);
        void this.#send(request);
      }
    }
  }

  async #send(request: PageRequest): Promise<void> {
    const abort = new AbortController();
    this.#requests.set(request, abort);
    try {
      const page = await this.#load(request, abort.signal);
      if (!this.#requests.delete(request)) return;
      this.#failures = 0;
      this.#apply(request, page);
      this.#askIn(0);
    } catch {
      // Given up by us, or failed: whatever the reason, the pictures are still wanted.
      if (!this.#requests.delete(request)) return;
      this.#askIn(retryDelay(this.#failures));
      this.#failures += 1;
    }
    this.#changed();
  }

  #rebuild(): void {
    this.#timeline = buildTimeline(this.#counts, this.#offsetAt);
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    for (const subscriber of this.#subscribers) subscriber();
  }
}

function sameCounts(some: HourCounts, others: HourCounts): boolean {
  if (some.size !== others.size) return false;
  for (const [start, count] of some) if (others.get(start) !== count) return false;
  return true;
}
