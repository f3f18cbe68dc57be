// Whether this browser, at this address, can be told anything while no page is open.

/** install first: an iPhone tells only what stands on its home screen. denied: whoever reads the page said no to it. */
export type Inability = 'insecure' | 'install first' | 'no push' | 'denied';

export interface Abilities {
  secure: boolean;
  push: boolean;
  /** Opened from the home screen; undefined: it is no iPhone or iPad. */
  standalone: boolean | undefined;
  permission: NotificationPermission;
}

/** Undefined: it can. Pure. Browsers hide the rest from pages without TLS, so that is looked at first. */
export function whyNotTold({ secure, push, standalone, permission }: Abilities): Inability | undefined {
  if (!secure) return 'insecure';
  if (!push) return standalone === false ? 'install first' : 'no push';
  return permission === 'denied' ? 'denied' : undefined;
}

export function abilities(): Abilities {
  return {
    secure: window.isSecureContext,
    push: 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window,
    standalone: 'standalone' in navigator ? navigator.standalone === true : undefined,
    permission: 'Notification' in window ? Notification.permission : 'default',
  };
}

export const INABILITY_WORDS: Record<Inability, string> = {
  insecure:
    'Browsers are told something only by pages that came over https, or from the machine itself (http://localhost). Open this page at such an address.',
  'install first':
    'On an iPhone or iPad this works from the home screen: in Safari choose Share, then Add to Home Screen, open Heliograph from there, and come back to this page.',
  'no push':
    'This browser cannot be told anything while no page is open. Chrome, Edge, Firefox and Safari can, but not in a private window.',
  denied:
    'This browser was told not to show notifications of this page. To undo that, press the sign before the address, allow notifications, and load the page again.',
};
