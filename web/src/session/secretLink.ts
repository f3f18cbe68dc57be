// Links that let somebody in: /#setup=lnk_… makes the first account, /#link=lnk_… sets a password. The secret stands
// behind the #, which a browser sends to nobody; from the address bar it goes as soon as it is read.

export interface SecretLink {
  kind: 'setup' | 'link';
  token: string;
}

const SECRET = /^#(setup|link)=(lnk_\w+)$/;

export function readSecret(hash: string): SecretLink | undefined {
  const [, kind, token] = SECRET.exec(hash) ?? [];
  if ((kind !== 'setup' && kind !== 'link') || token === undefined) return undefined;
  return { kind, token };
}

/** The link that the page was opened with, taken out of the address bar and the browser's history. */
export function takeSecret(): SecretLink | undefined {
  const { hash, pathname, search } = window.location;
  const link = readSecret(hash);
  if (link) window.history.replaceState(window.history.state, '', pathname + search);
  return link;
}

/** Where the holder of a link's secret goes; to be sent to them. */
export function invitationUrl(token: string): string {
  return `${window.location.origin}/#link=${token}`;
}
