// The socket over which cameras are watched, kept open while the page is seen: the only place that knows WebSocket. One
// for all cameras of a page.
import { retryDelay } from './backoff';
import { readFrame, readMessage, type KeptPicture, type LiveCamera, type LiveFrame } from './frame';

export interface LiveListener {
  onConnection: (connection: 'connecting' | 'open' | 'lost') => void;
  onState: (state: LiveCamera) => void;
  onFrame: (frame: LiveFrame) => void;
  onKept: (kept: KeptPicture) => void;
}

export interface LiveWatch {
  /** From now on one picture in so many seconds is stored; 0: none. */
  keepEvery: (seconds: number) => void;
  end: () => void;
}

export interface LiveWish {
  camera: string;
  /** Pictures a second, at most. */
  fps: number;
  /** Pixels on this screen. */
  width: number;
}

interface Watched {
  wish: LiveWish;
  listener: LiveListener;
  keepEvery_s: number;
}

/**
 * Open from the first watch to the last. Nothing is sent to a page that nobody sees, and nothing kept by it. A camera is
 * watched once.
 */
export class LiveSocket {
  readonly #path: string;
  readonly #watched = new Map<string, Watched>();
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  /** `path`: the dashboard's, or a share's. */
  constructor(path: string) {
    this.#path = path;
  }

  watch(wish: LiveWish, listener: LiveListener): LiveWatch {
    const watched = { wish, listener, keepEvery_s: 0 };
    if (this.#watched.size === 0) document.addEventListener('visibilitychange', this.#onVisibility);
    this.#watched.set(wish.camera, watched);
    listener.onConnection(this.#isOpen() ? 'open' : 'connecting');
    if (this.#isOpen()) this.#ask(watched);
    else if (!this.#socket && this.#retryTimer === undefined && !document.hidden) this.#connect();
    return {
      keepEvery: (seconds) => {
        watched.keepEvery_s = seconds;
        if (this.#isOpen()) this.#keep(watched);
      },
      end: () => this.#end(watched),
    };
  }

  #end(watched: Watched): void {
    const { camera } = watched.wish;
    // Whoever watches it anew has taken its place.
    if (this.#watched.get(camera) !== watched) return;
    this.#watched.delete(camera);
    if (this.#watched.size > 0) {
      if (this.#isOpen()) this.#say({ type: 'unwatch', camera });
      return;
    }
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#disconnect();
  }

  #isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #say(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #ask(watched: Watched): void {
    this.#say({ type: 'watch', ...watched.wish });
    if (watched.keepEvery_s > 0) this.#keep(watched);
  }

  #keep({ wish: { camera }, keepEvery_s }: Watched): void {
    this.#say({ type: 'keep', camera, every_s: keepEvery_s });
  }

  #tellAll(connection: 'connecting' | 'open' | 'lost'): void {
    for (const { listener } of this.#watched.values()) listener.onConnection(connection);
  }

  #connect(): void {
    this.#disconnect();
    const made = new WebSocket(new URL(this.#path, window.location.href.replace(/^http/, 'ws')));
    this.#socket = made;
    made.binaryType = 'arraybuffer';
    made.onopen = () => {
      this.#attempt = 0;
      this.#tellAll('open');
      for (const watched of this.#watched.values()) this.#ask(watched);
    };
    made.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => this.#take(data);
    made.onclose = () => {
      this.#disconnect();
      this.#tellAll('lost');
      this.#retryTimer = setTimeout(() => this.#connect(), retryDelay(this.#attempt));
      this.#attempt += 1;
    };
  }

  #take(data: ArrayBuffer | string): void {
    if (typeof data !== 'string') {
      const frame = readFrame(data);
      if (frame) this.#watched.get(frame.camera)?.listener.onFrame(frame);
      return;
    }
    const message = readMessage(data);
    if (message?.type === 'state') this.#watched.get(message.state.camera)?.listener.onState(message.state);
    if (message?.type === 'kept') this.#watched.get(message.kept.camera)?.listener.onKept(message.kept);
  }

  #disconnect(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    if (!this.#socket) return;
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = undefined;
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.#disconnect();
    else if (!this.#socket) {
      this.#tellAll('connecting');
      this.#connect();
    }
  };
}
