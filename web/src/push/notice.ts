// What a message that was pushed becomes on the screen. Pure. Only our server can write one that the browser can read; but
// every push must show something, also one that is empty, or of a server that says more than this page knows.

/** Where everything that needs somebody is listed; as linkToPage('alerts'), which the worker is too small for. */
export const ALERTS_PATH = '/?page=alerts';

/** As a service worker shows it. */
export interface Notice {
  title: string;
  options: NotificationOptions & { timestamp: number; renotify: boolean };
}

const ICON = '/icon-192.png';
const UNREADABLE = { title: 'Heliograph', body: 'There is news of your cameras.' };
// More than the names and the sentences of the server need; a lock screen shows less.
const TITLE_MAX = 160;
const BODY_MAX = 600;
const TAG_MAX = 120;

/** `text`: what was pushed, already decrypted. `now`: for what does not say when it was. */
export function noticeOf(text: string, origin: string, now: number): Notice {
  const { title, body, state, url, tag, at } = read(text);
  const words = textOf(title, TITLE_MAX);
  const over = state === 'over';
  return {
    title: words ?? UNREADABLE.title,
    options: {
      body: words === undefined ? UNREADABLE.body : (textOf(body, BODY_MAX) ?? ''),
      // Always one: browsers refuse to tell again of what has none.
      tag: textOf(tag, TAG_MAX) ?? 'heliograph',
      icon: ICON,
      timestamp: typeof at === 'number' && at > 0 && at <= now ? at : now,
      // What is over takes the place of what was told, and wakes nobody.
      renotify: !over,
      silent: over,
      data: pathOf(url, origin),
    },
  };
}

/** What a message may lead to: a place of the dashboard, and of nobody else; anything else becomes the list of alerts. */
export function pathOf(url: unknown, origin: string): string {
  if (typeof url !== 'string' || !URL.canParse(url, origin)) return ALERTS_PATH;
  const { origin: of, pathname, search } = new URL(url, origin);
  // Not what stands behind a #: those are links with a secret in them.
  return of === origin && pathname === '/' ? pathname + search : ALERTS_PATH;
}

function read(text: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown, most: number): string | undefined {
  const text = typeof value === 'string' ? value.trim().slice(0, most) : '';
  return text === '' ? undefined : text;
}
