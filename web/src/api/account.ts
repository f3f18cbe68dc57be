// What somebody asks of their own account.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type BrowserSession = components['schemas']['Sessions']['sessions'][number];
export type SecondFactor = components['schemas']['SecondFactor'];
export type ApiToken = components['schemas']['ApiToken'];
export type NewApiToken = components['schemas']['NewApiToken'];
export type ApiTokenInput = components['schemas']['ApiTokenInput'];
export type Identity = components['schemas']['Identities']['identities'][number];
export type Scope = components['schemas']['Scopes'][number];

export async function fetchSessions(signal: AbortSignal): Promise<BrowserSession[]> {
  return dataOf(await client.GET('/api/v1/sessions', { signal })).sessions;
}

export async function endSession(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } }));
}

export async function endOtherSessions(): Promise<void> {
  check(await client.DELETE('/api/v1/sessions'));
}

export async function setPassword(current: string, password: string): Promise<void> {
  check(await client.PUT('/api/v1/password', { body: { current, password } }));
}

export async function beginSecondFactor(password: string): Promise<SecondFactor> {
  return dataOf(await client.POST('/api/v1/second-factor', { body: { password } }));
}

/** The recovery codes, shown only now. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  return dataOf(await client.PUT('/api/v1/second-factor', { body: { code } })).recovery_codes;
}

export async function removeSecondFactor(password: string): Promise<void> {
  check(await client.POST('/api/v1/second-factor/removal', { body: { password } }));
}

export async function fetchIdentities(signal: AbortSignal): Promise<Identity[]> {
  return dataOf(await client.GET('/api/v1/identities', { signal })).identities;
}

/** Where the browser goes to connect an account there; it comes back to the path `goOn`. */
export async function connectOpenId(password: string, goOn: string): Promise<string> {
  return dataOf(await client.POST('/api/v1/openid/connect', { body: { password, go_on: goOn } })).url;
}

export async function deleteIdentity(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/identities/{id}', { params: { path: { id } } }));
}

export async function fetchTokens(signal: AbortSignal): Promise<ApiToken[]> {
  return dataOf(await client.GET('/api/v1/tokens', { signal })).tokens;
}

export async function makeToken(body: ApiTokenInput): Promise<NewApiToken> {
  return dataOf(await client.POST('/api/v1/tokens', { body }));
}

export async function deleteToken(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } }));
}
