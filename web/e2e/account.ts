// Somebody with an account, who acts beside the page: what they do is done by requests of their own.
import { createHmac } from 'node:crypto';
import { expect, request, type APIRequestContext, type APIResponse } from '@playwright/test';
import type { TestServer } from './server';

export const PASSWORD = 'two herons on one leg';
/** A name that a page would run, if it took it for more than text. */
export const MARKUP = '<img/src=x/onerror=document.title="run">';

const TOTP_STEP_S = 30;
const TOTP_DIGITS = 6;
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface Grant {
  group: string | null;
  role: 'viewer' | 'operator' | 'administrator';
}

export class Account {
  readonly #api: APIRequestContext;
  #csrf = '';

  private constructor(api: APIRequestContext) {
    this.#api = api;
  }

  static async setUp(server: TestServer, name: string): Promise<Account> {
    const token = server.setUpLink.split('#setup=')[1];
    return Account.#enter(server, 'POST', '/api/v1/setup', { token, name, password: PASSWORD });
  }

  static async signIn(server: TestServer, name: string): Promise<Account> {
    return Account.#enter(server, 'POST', '/api/v1/session', { name, password: PASSWORD });
  }

  static async #enter(server: TestServer, method: string, path: string, data: object): Promise<Account> {
    const account = new Account(await request.newContext({ baseURL: server.url }));
    const answer = await account.ask(method, path, data);
    account.#csrf = ((await answer.json()) as { csrf: string }).csrf;
    return account;
  }

  /** A request that must work. */
  async ask(method: string, path: string, data?: object): Promise<APIResponse> {
    const headers = this.#csrf === '' ? {} : { 'X-CSRF-Token': this.#csrf };
    const answer = await this.#api.fetch(path, { method, headers, ...(data && { data }) });
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
    return answer;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.ask('GET', path)).json()) as T;
  }

  async addGroup(name: string, ...cameras: string[]): Promise<string> {
    const { id } = (await (await this.ask('POST', '/api/v1/groups', { name })).json()) as { id: string };
    for (const camera of cameras) await this.ask('PUT', `/api/v1/cameras/${camera}/group`, { group: id });
    return id;
  }

  /** The secret of the link that takes the invitation up. */
  async invite(name: string, ...grants: Grant[]): Promise<string> {
    const answer = await this.ask('POST', '/api/v1/people', { name, grants });
    return ((await answer.json()) as { token: string }).token;
  }

  /** Somebody who has taken their invitation up. */
  async add(server: TestServer, name: string, ...grants: Grant[]): Promise<Account> {
    const token = await this.invite(name, ...grants);
    return Account.#enter(server, 'PUT', '/api/v1/link', { token, password: PASSWORD });
  }

  async forget(): Promise<void> {
    await this.#api.dispose();
  }
}

/** RFC 6238, by itself: what an app on a phone would show, `step` steps from now. */
export function totp(secret: string, step = 0): string {
  let bits = '';
  for (const letter of secret) bits += BASE_32.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1_000 / TOTP_STEP_S) + step));
  const digest = createHmac('sha1', key).update(counter).digest();
  const code = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(code % 10 ** TOTP_DIGITS).padStart(TOTP_DIGITS, '0');
}
