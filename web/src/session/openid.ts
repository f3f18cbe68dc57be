// How a sign-in with the OpenID provider went: the server sends the browser back to /#openid=WORD.

const SENTENCES = {
  connected: (name: string) => `Your account at ${name} is connected. From now on you can sign in with it.`,
  unknown: (name: string) =>
    `Nobody here is connected to this account at ${name}. Sign in with your password and connect it under Your account, or ask an administrator for an invitation.`,
  taken: (name: string) =>
    `This account at ${name} belongs to somebody else here, or you have connected another one.`,
  link: () => 'The invitation was taken up already, or is too old. Ask for a new one.',
  denied: (name: string) => `${name} was told not to let you in. You can try again.`,
  expired: () => 'That took too long, or was begun elsewhere. Try again.',
  changed: () => 'Somebody else is signed in now, or nobody. Sign in, then connect the account again.',
  provider: (name: string) =>
    `${name} does not answer as it should. Try again in a moment; an administrator finds the reason in the server’s log.`,
  refused: (name: string) =>
    `What came back from ${name} is not to be trusted, so nobody was signed in. An administrator finds the reason in the server’s log.`,
  busy: () => 'The server is busy. Try again in a moment.',
} as const;

export type Returned = keyof typeof SENTENCES;

const HASH = /^#openid=([a-z]+)$/;

export function readReturned(hash: string): Returned | undefined {
  const [, word = ''] = HASH.exec(hash) ?? [];
  return Object.hasOwn(SENTENCES, word) ? (word as Returned) : undefined;
}

/** The word that the page was opened with, taken out of the address bar. */
export function takeReturned(): Returned | undefined {
  const { hash, pathname, search } = window.location;
  const returned = readReturned(hash);
  if (returned) window.history.replaceState(window.history.state, '', pathname + search);
  return returned;
}

/** `name`: of the provider; null: the server knows none any more. */
export function returnedWords(returned: Returned, name: string | null): string {
  return SENTENCES[returned](name ?? 'the provider');
}
