// The stream of changes from the server, kept open: the only place that knows EventSource.
import { CHANGES_URL, type Image } from '../api/gallery';
import { retryDelay } from './backoff';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

export interface ChangeListener {
  onState: (state: LiveState) => void;
  onImage?: (image: Image) => void;
  onThumbnail?: (id: string) => void;
  /** A command or the settings of a camera have changed. */
  onOrders?: () => void;
  /** A rollout has, or what became of one of its cameras. Only administrators hear of it. */
  onRollout?: () => void;
  /** Pictures went, came back, or were marked: read again what is shown of them. */
  onImages?: () => void;
  /** Something moved in a picture, or a program told what it found there. */
  onAnalysed?: (id: string) => void;
  /** Something changed that no event described: read again what is shown. */
  onOutdated: () => void;
}

// A page in a background tab gives its connection back: a browser has only six per host, for all its tabs together.
const HIDDEN_MAX_MS = 30_000;

/** Follows the changes until the returned function is called. */
export function followChanges(listener: ChangeListener): () => void {
  let source: EventSource | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  function connect(): void {
    disconnect();
    source = new EventSource(CHANGES_URL);
    source.onopen = () => {
      attempt = 0;
      listener.onState('live');
      // Whatever happened before this moment was not told to us.
      listener.onOutdated();
    };
    source.onerror = () => {
      // EventSource repeats by itself, but at a fixed pace, and never again after an HTTP error: we do it our way.
      disconnect();
      listener.onState('reconnecting');
      retryTimer = setTimeout(connect, retryDelay(attempt));
      attempt += 1;
    };
    on('image-added', (data) => listener.onImage?.(JSON.parse(data) as Image));
    on('thumbnail-ready', (data) => listener.onThumbnail?.((JSON.parse(data) as { id: string }).id));
    on('image-analysed', (data) => listener.onAnalysed?.((JSON.parse(data) as { id: string }).id));
    on('command-changed', () => listener.onOrders?.());
    on('settings-changed', () => listener.onOrders?.());
    on('rollout-changed', () => listener.onRollout?.());
    for (const event of ['images-removed', 'images-restored', 'images-marked'])
      on(event, listener.onImages ?? listener.onOutdated);
    on('skipped', listener.onOutdated);
  }

  function on(event: string, tell: (data: string) => void): void {
    source?.addEventListener(event, ({ data }: MessageEvent<string>) => tell(data));
  }

  function disconnect(): void {
    clearTimeout(retryTimer);
    source?.close();
    source = undefined;
  }

  function onVisibility(): void {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(disconnect, HIDDEN_MAX_MS);
    else if (!source) connect();
  }

  function onOnline(): void {
    if (source?.readyState !== EventSource.OPEN) connect();
  }

  listener.onState('connecting');
  connect();
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  return () => {
    clearTimeout(hiddenTimer);
    disconnect();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
  };
}
