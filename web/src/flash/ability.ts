// Whether this browser, at this address, can reach a board on a USB cable.

export type Inability = 'insecure' | 'no serial';

/** Undefined: it can. Browsers hide the serial port from pages without TLS, so that is looked at first. */
export function whyNotFlash(
  secure: boolean = window.isSecureContext,
  serial: boolean = 'serial' in navigator,
): Inability | undefined {
  if (!secure) return 'insecure';
  return serial ? undefined : 'no serial';
}

export const INABILITY_WORDS: Record<Inability, string> = {
  insecure:
    'Browsers let a page reach a USB port only over https, or from the machine itself (http://localhost). Open this page at such an address.',
  'no serial':
    'This browser has no way to a USB port. Chrome, Edge and Opera on a computer have one; Safari and browsers on phones have none.',
};
