// The socket over which a camera is watched, kept open while the page is seen: the only place that knows WebSocket.
import { retryDelay } from './backoff';
import { readFrame, readState, type LiveCamera, type LiveFrame } from './frame';

export interface LiveListener {
  onConnection: (connection: 'connecting' | 'open' | 'lost') => void;
  onState: (state: LiveCamera) => void;
  onFrame: (frame: LiveFrame) => void;
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

/** Watches until the returned function is called. Nothing is sent to a page that nobody sees. */
export function watchLive({ path, ...wish }: LiveWish, listener: LiveListener): () => void {
  let socket: WebSocket | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  function connect(): void {
    disconnect();
    const made = new WebSocket(new URL(path, window.location.href.replace(/^http/, 'ws')));
    socket = made;
    made.binaryType = 'arraybuffer';
    made.onopen = () => {
      attempt = 0;
      listener.onConnection('open');
      made.send(JSON.stringify({ type: 'watch', ...wish }));
    };
    made.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') {
        const state = readState(data);
        if (state) listener.onState(state);
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
  return () => {
    disconnect();
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
