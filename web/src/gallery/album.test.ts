import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image, ImagePage } from '../api/gallery';
import { HOUR_MS } from '../time/zone';
import { Album } from './album';
import { PAGE_SIZE, type PageRequest } from './paging';
import { hourOf } from './timeline';

const NOON = Date.parse('2026-11-22T12:00:00Z');

function image(captured_at: number): Image {
  const id = captured_at.toString(32).padStart(13, '0');
  const size = { width: 640, height: 480, size_bytes: 3000, starred: false, salvaged: false };
  return {
    id,
    camera_id: '0'.repeat(13),
    filename: `${id}.jpg`,
    captured_at,
    received_at: captured_at,
    ...size,
  };
}

/** A server with `perHour` pictures in each of the hours before noon, newest hour first. */
class FakeServer {
  images: Image[] = [];
  requests: PageRequest[] = [];
  aborted = 0;
  down = false;

  constructor(...perHour: number[]) {
    perHour.forEach((count, back) => {
      for (let i = 0; i < count; i += 1) this.add(NOON - back * HOUR_MS + i * 100);
    });
  }

  add(captured_at: number): Image {
    const added = image(captured_at);
    this.images.push(added);
    this.images.sort((a, b) => b.captured_at - a.captured_at);
    return added;
  }

  counts(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const { captured_at } of this.images) {
      counts.set(hourOf(captured_at), (counts.get(hourOf(captured_at)) ?? 0) + 1);
    }
    return counts;
  }

  readonly load = async (request: PageRequest, signal: AbortSignal): Promise<ImagePage> => {
    this.requests.push(request);
    signal.addEventListener('abort', () => (this.aborted += 1));
    await new Promise((answer) => setTimeout(answer, 10));
    if (this.down) throw new TypeError('Failed to fetch');
    const before = request.cursor === undefined ? Infinity : Number(request.cursor);
    const found = this.images.filter(
      ({ captured_at: at }) => at >= request.from && at < request.to && at < before,
    );
    const page = found.slice(0, PAGE_SIZE);
    const more = found.length > page.length;
    return { images: page, next: more ? String(page.at(-1)?.captured_at) : null };
  };
}

function open(server: FakeServer) {
  const onOutdated = vi.fn();
  const album = new Album(server.load, () => 0, onOutdated);
  album.setCounts(server.counts());
  return { album, onOutdated };
}

const times = (album: Album, first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => album.at(first + i)?.captured_at);

describe('Album', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const rest = () => vi.advanceTimersByTimeAsync(1_000);

  it('knows its size before a picture, and a picture once it was in view', async () => {
    const server = new FakeServer(3, 2);
    const { album } = open(server);
    expect(album.timeline.total).toBe(5);
    expect(album.at(0)).toBeUndefined();
    album.want('grid', { first: 0, last: 4 });
    await rest();
    expect(times(album, 0, 4)).toEqual(server.images.map(({ captured_at }) => captured_at));
    expect(server.requests).toHaveLength(1);
  });

  it('reads a busy hour as far as it is wanted', async () => {
    const server = new FakeServer(PAGE_SIZE * 3);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 20 });
    await rest();
    expect(server.requests).toHaveLength(1);
    album.want('grid', { first: PAGE_SIZE - 5, last: PAGE_SIZE + 20 });
    await rest();
    expect(server.requests).toHaveLength(2);
    expect(album.at(PAGE_SIZE + 20)).toBe(server.images[PAGE_SIZE + 20]);
    expect(album.at(PAGE_SIZE * 2)).toBeUndefined();
  });

  it('gives up what was scrolled past, and asks once it settles', async () => {
    const server = new FakeServer(PAGE_SIZE, PAGE_SIZE, PAGE_SIZE, PAGE_SIZE);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 9 });
    await vi.advanceTimersByTimeAsync(5);
    for (let first = 0; first < 3 * PAGE_SIZE; first += 50) album.want('grid', { first, last: first + 9 });
    await rest();
    expect(server.aborted).toBe(1);
    expect(server.requests.map(({ from }) => from)).toEqual([NOON, NOON - 2 * HOUR_MS]);
  });

  it('asks while somebody reads on, row by row', async () => {
    const server = new FakeServer(...new Array<number>(6).fill(PAGE_SIZE));
    const { album } = open(server);
    album.want('grid', { first: 0, last: 40 });
    await rest();
    for (let first = 5; first < PAGE_SIZE * 3; first += 5) {
      album.want('grid', { first, last: first + 40 });
      await vi.advanceTimersByTimeAsync(30);
      expect(album.at(first), `${first}`).toBeDefined();
    }
    expect(server.aborted).toBe(0);
  });

  it('tries again by itself', async () => {
    const server = new FakeServer(3);
    server.down = true;
    const { album } = open(server);
    album.want('grid', { first: 0, last: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(album.failing).toBe(true);
    server.down = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(album.failing).toBe(false);
    expect(album.at(0)).toBe(server.images[0]);
  });

  it('believes the list more than the count', async () => {
    const server = new FakeServer(3, 2);
    const { album } = open(server);
    server.add(NOON + 500);
    server.images = server.images.filter(({ captured_at }) => captured_at >= NOON);
    album.want('grid', { first: 0, last: 4 });
    await rest();
    expect(album.timeline.total).toBe(4);
    expect(album.timeline.hours).toHaveLength(1);
  });

  it('copes with an hour that grew past a page while it was counted as quiet', async () => {
    const server = new FakeServer(3, 3);
    const { album } = open(server);
    for (let i = 0; i < PAGE_SIZE + 10; i += 1) server.add(NOON + 1_000 + i);
    album.want('grid', { first: 0, last: 400 });
    await rest();
    expect(album.timeline.total).toBe(server.images.length);
    expect(album.at(PAGE_SIZE + 15)).toBe(server.images[PAGE_SIZE + 15]);
  });

  it('takes in what arrives at its place in time', async () => {
    const server = new FakeServer(3, 2);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 4 });
    await rest();
    const newest = server.add(NOON + 5_000);
    const late = server.add(NOON - HOUR_MS + 50);
    album.arrived(newest);
    album.arrived(late);
    album.arrived(late);
    expect(times(album, 0, 6)).toEqual(server.images.map(({ captured_at }) => captured_at));
    expect([...album.fresh]).toEqual([late.id]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(album.fresh.size).toBe(0);
  });

  it('begins with the first picture that ever arrives', () => {
    const { album } = open(new FakeServer());
    album.arrived(image(NOON));
    expect(album.timeline.total).toBe(1);
    expect(album.at(0)?.captured_at).toBe(NOON);
  });

  it('does not lose an arrival to an answer that was on its way', async () => {
    const server = new FakeServer(3);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 2 });
    await vi.advanceTimersByTimeAsync(5);
    album.arrived(server.add(NOON + 5_000));
    await rest();
    expect(album.timeline.total).toBe(4);
    expect(times(album, 0, 3)).toEqual(server.images.map(({ captured_at }) => captured_at));
  });

  it('holds arrivals back while the reader is busy', async () => {
    const server = new FakeServer(3);
    const { album } = open(server);
    album.hold(true);
    const held = server.add(NOON + 5_000);
    album.arrived(held);
    // The list already has it; it must not slip in that way.
    album.want('grid', { first: 0, last: 2 });
    await rest();
    expect([album.heldCount, album.timeline.total]).toEqual([1, 3]);
    album.hold(false);
    expect([album.heldCount, album.timeline.total]).toEqual([0, 4]);
    expect(album.at(0)).toBe(held);
  });

  it('reads the counts anew rather than hold without end', () => {
    const { album, onOutdated } = open(new FakeServer());
    album.hold(true);
    for (let i = 0; i < 600; i += 1) album.arrived(image(NOON + i));
    expect(album.heldCount).toBe(500);
    album.hold(false);
    expect(onOutdated).toHaveBeenCalledOnce();
  });

  it('begins with the newest pictures where they were read with the counts, and asks for the others', async () => {
    const server = new FakeServer(3, 2, 2);
    const album = new Album(server.load, () => 0, vi.fn());
    const newest = { images: server.images.slice(0, 5), next: 'more' };
    album.setCounts(server.counts(), { newest, read_at: 1 });
    expect(times(album, 0, 4)).toEqual(newest.images.map(({ captured_at }) => captured_at));
    album.want('grid', { first: 0, last: 4 });
    await rest();
    expect(server.requests).toEqual([]);
    album.want('grid', { first: 0, last: 6 });
    await rest();
    expect(times(album, 5, 6)).toEqual(server.images.slice(5).map(({ captured_at }) => captured_at));
    expect(server.requests.map(({ hours }) => hours)).toEqual([[NOON - 2 * HOUR_MS]]);
  });

  it('is as it was when the counts are', () => {
    const server = new FakeServer(3, 2);
    const { album } = open(server);
    const before = album.version();
    album.setCounts(server.counts(), { read_at: 2 });
    expect(album.version()).toBe(before);
    expect(album.readAt).toBe(2);
    server.images.pop();
    album.setCounts(server.counts(), { read_at: 3 });
    expect(album.timeline.total).toBe(4);
  });

  it('shows what it had until a changed hour is read again', async () => {
    const server = new FakeServer(3, 2);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 4 });
    await rest();
    const [removed] = server.images.splice(0, 1);
    album.setCounts(server.counts());
    expect(album.timeline.total).toBe(4);
    expect(album.at(0)).toBe(removed);
    await rest();
    expect(album.at(0)).toBe(server.images[0]);
    // The other hour was not touched.
    expect(server.requests.at(-1)?.hours).toEqual([NOON]);
  });

  it('lets go of a picture at once, and takes it back at once, also while holding', async () => {
    const server = new FakeServer(3, 1);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 3 });
    await rest();
    album.hold(true);
    const [newest, next, , oldest] = server.images;
    if (!newest || !oldest) throw new Error('the server has four');
    album.remove(newest);
    album.remove(oldest);
    expect([album.timeline.total, album.timeline.hours.length]).toEqual([2, 1]);
    expect(album.at(0)).toBe(next);
    // What is not there cannot go twice.
    album.remove(oldest);
    expect(album.timeline.total).toBe(2);
    album.putBack(oldest);
    album.putBack(newest);
    album.putBack(newest);
    expect([0, 1, 2, 3].map((index) => album.at(index))).toEqual(server.images);
    expect(album.timeline.total).toBe(4);
  });

  it('does not take back what it let go of from an answer that was on its way', async () => {
    const server = new FakeServer(PAGE_SIZE + 50);
    const { album } = open(server);
    album.want('grid', { first: 0, last: 9 });
    await rest();
    const [newest] = server.images;
    album.want('grid', { first: PAGE_SIZE, last: PAGE_SIZE + 9 });
    await vi.advanceTimersByTimeAsync(65);
    const { aborted } = server;
    if (newest) album.remove(newest);
    expect(server.aborted).toBe(aborted + 1);
    await rest();
    expect(album.timeline.total).toBe(PAGE_SIZE + 49);
    expect(album.at(PAGE_SIZE + 48)).toBe(server.images.at(-1));
  });

  it('seeks a picture by its hour', async () => {
    const server = new FakeServer(3, PAGE_SIZE + 50);
    const { album } = open(server);
    const target = server.images.at(-1) ?? image(0);
    expect(album.seek(target)).toBeUndefined();
    await rest();
    expect(album.seek(target)).toBe(PAGE_SIZE + 52);
    expect(album.seek(image(NOON - HOUR_MS + 77))).toBe(-1);
    expect(album.seek(image(0))).toBe(-1);
  });
});
