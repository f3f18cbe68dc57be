// Links that show pictures to whoever holds them: /#share=shr_…. The secret stands behind the #, which a browser sends to
// nobody; it stays in the address bar, so that the page can be loaded again and kept as a bookmark.

const SHARE = /^#share=(shr_\w+)$/;

export function readShare(hash: string): string | undefined {
  return SHARE.exec(hash)?.[1];
}

/** To be sent to whoever is to see it. */
export function shareUrl(token: string): string {
  return `${window.location.origin}/#share=${token}`;
}
