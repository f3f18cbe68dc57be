// Where the service worker runs: what TypeScript has no words for beside those of a page.

export interface Lasting extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

export interface Asking extends Lasting {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}

export interface Pushed extends Lasting {
  data: { text: () => string } | null;
}

export interface Clicked extends Lasting {
  notification: Notification;
}

/** A page of ours that is open. */
export interface OpenPage {
  readonly focused: boolean;
  readonly visibilityState: DocumentVisibilityState;
  focus: () => Promise<unknown>;
  navigate: (url: string) => Promise<unknown>;
}

interface Events {
  install: Lasting;
  activate: Lasting;
  fetch: Asking;
  push: Pushed;
  notificationclick: Clicked;
  pushsubscriptionchange: Lasting;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim: () => Promise<void>;
    matchAll: (which: { type: 'window' }) => Promise<readonly OpenPage[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: <T extends keyof Events>(type: T, on: (event: Events[T]) => void) => void;
}
