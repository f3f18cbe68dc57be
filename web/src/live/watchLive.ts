// The socket over which a camera is watched, kept open while the page is seen: the only place that knows WebSocket.
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
  /** Of the socket: the camera's, or a share's. */
  path: string;
  camera: string;
  /** Pictures a second, at most. */
  fps: number;
  /** Pixels on this screen. */
  width: number;
}

/** Watches until it is ended. Nothing is sent to a page that nobody sees, and nothing kept by it. */
export function watchLive({ path, ...wish }: LiveWish, listener: LiveListener): LiveWatch {
  let socket: WebSocket | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let keepEvery_s = 0;

  function sayKeep(): void {
    socket?.send(JSON.stringify({ type: 'keep', camera: wish.camera, every_s: keepEvery_s }));
  }

  function connect(): void {
    disconnect();
    const made = new WebSocket(new URL(path, window.location.href.replace(/^http/, 'ws')));
    socket = made;
    made.binaryType = 'arraybuffer';
    made.onopen = () => {
      attempt = 0;
      listener.onConnection('open');
      made.send(JSON.stringify({ type: 'watch', ...wish }));
      if (keepEvery_s > 0) sayKeep();
    };
    made.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') {
        const message = readMessage(data);
        if (message?.type === 'state') listener.onState(message.state);
        if (message?.type === 'kept') listener.onKept(message.kept);
        return;
      }
      const frame = readFrame(data);
      if (frame) listener.onFrame(frame);
    };
    made.onclose = () => {
      disconnect();
      listener.onConnection('lost');
      retryTimer = setTimeout(connect, retryDelay(attempt));
      attempt += 1;
    };
  }

  function disconnect(): void {
    clearTimeout(retryTimer);
    if (!socket) return;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    socket = undefined;
  }

  function onVisibility(): void {
    if (document.hidden) disconnect();
    else if (!socket) {
      listener.onConnection('connecting');
      connect();
    }
  }

  listener.onConnection('connecting');
  connect();
  document.addEventListener('visibilitychange', onVisibility);
  return {
    keepEvery(seconds) {
      keepEvery_s = seconds;
      if (socket?.readyState === WebSocket.OPEN) sayKeep();
    },
    end() {
      disconnect();
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
