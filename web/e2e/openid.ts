// oidc-provider, with its own pages to sign in at, and a server that knows it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { TestServer } from './server';

const PROGRAM = path.join(import.meta.dirname, '../../tests/harness/openid_provider.mjs');
const SECRET = 'two:herons & a %25 + b'; // as it has it

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export class FarmId {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'heliograph-openid-'));
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async choosePlace(): Promise<FarmId> {
    return new FarmId(await freePort());
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What a server's configuration says of it. */
  config(): string {
    const secret = path.join(this.#folder, 'secret');
    writeFileSync(secret, SECRET);
    return `[openid]\nissuer = "${this.issuer}"\nclient_id = "heliograph"\nclient_secret_file = "${secret}"\nname = "Farm ID"\n`;
  }

  /** For the one server that it sends people back to. */
  async start(server: TestServer): Promise<void> {
    const child = spawn(
      process.execPath,
      [PROGRAM, String(this.#port), `${server.url}/api/v1/openid/callback`],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#process = child;
    await once(createInterface(child.stdout), 'line');
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** At the provider's pages: signs in as `name`, and lets the server know of it. */
export async function agreeAtProvider(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('x');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
