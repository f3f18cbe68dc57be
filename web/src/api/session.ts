// Coming in: who is signed in, and the ways to become somebody.
import { forgetAnswers, knownAnswer } from '../early/answers';
import { SESSION_PATH } from './paths';
import { check, client, dataOf, sendWithChanges } from './http';
import type { components } from './schema.gen';

export type Session = components['schemas']['Session'];
export type SignedIn = components['schemas']['SignedIn'];
export type Role = components['schemas']['Role'];
export type LinkFacts = components['schemas']['LinkFacts'];

function held(session: Session): Session {
  sendWithChanges(session.csrf);
  return session;
}

/** What was answered before was answered to somebody else. */
function entered(session: Session): Session {
  forgetAnswers();
  return held(session);
}

/** Who is signed in, where that was answered before the program was there. */
export function knownSession(): Session | undefined {
  const session = knownAnswer(SESSION_PATH) as Session | undefined;
  return session && held(session);
}

export async function fetchSession(signal: AbortSignal): Promise<Session> {
  return held(dataOf(await client.GET('/api/v1/session', { signal })));
}

/** Fails with the kind `second-factor` when a code is needed, or was wrong. */
export async function signIn(name: string, password: string, code: string | null): Promise<Session> {
  return entered(dataOf(await client.POST('/api/v1/session', { body: { name, password, code } })));
}

/** `browser`: the subscription by which this browser is told of alerts, which ends too. */
export async function signOut(browser: string | undefined): Promise<void> {
  const params = browser === undefined ? {} : { query: { browser } };
  // Whoever signs out and closes the page at once is signed out.
  check(await client.DELETE('/api/v1/session', { params, keepalive: true }));
}

/** The first account, by the secret of the set-up link. */
export async function setUp(token: string, name: string, password: string): Promise<Session> {
  return entered(dataOf(await client.POST('/api/v1/setup', { body: { token, name, password } })));
}

export async function lookAtLink(token: string): Promise<LinkFacts> {
  return dataOf(await client.POST('/api/v1/link', { body: { token } }));
}

/** Where the browser goes to sign in with the OpenID provider; it comes back to the path `goOn`. */
export async function beginOpenId(goOn: string, link: string | undefined): Promise<string> {
  const body = { go_on: goOn, ...(link !== undefined && { link }) };
  return dataOf(await client.POST('/api/v1/openid/begin', { body })).url;
}

/** Undefined: the password is set, and now one has to sign in with the second factor too. */
export async function takeUpLink(token: string, password: string): Promise<Session | undefined> {
  const answer = await client.PUT('/api/v1/link', { body: { token, password } });
  check(answer);
  return answer.data && entered(answer.data);
}
