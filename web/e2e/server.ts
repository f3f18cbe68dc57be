// A heliograph of a test's own: the real program on a free port, with a data directory that goes with it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { picture } from './pictures';
import { BIN_DIR } from './programs';

const PROGRAM = path.join(BIN_DIR, 'heliograph');
const START_MAX_MS = 20_000;
const STOP_MAX_MS = 15_000;
// Enough to keep the server's committer busy, and far from its limits.
const UPLOADS_AT_ONCE = 32;

export interface TestCamera {
  id: string;
  name: string;
  key: string;
}

export interface Receipt {
  id: string;
  filename: string;
}

export interface ServerOptions {
  /** Whether people have to sign in. */
  login: boolean;
  /** Its configuration file, as TOML. */
  config?: string;
}

export class TestServer {
  readonly #options: ServerOptions;
  readonly #data = mkdtempSync(path.join(tmpdir(), 'heliograph-e2e-'));
  #process: ChildProcess | undefined;
  #sequence = 0;
  url = '';
  /** Makes the first account; said while nobody has one. */
  setUpLink = '';

  constructor(options: ServerOptions = { login: false }) {
    this.#options = options;
  }

  /** Starts, or starts again at the address it had. */
  async start(): Promise<void> {
    const address = this.url === '' ? '127.0.0.1:0' : new URL(this.url).host;
    const options = ['--data', this.#data, '--listen', address];
    if (!this.#options.login) options.push('--insecure-open');
    if (this.#options.config !== undefined) {
      const file = path.join(this.#data, 'heliograph.toml');
      writeFileSync(file, this.#options.config);
      options.push('--config', file);
    }
    const child = spawn(PROGRAM, ['serve', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = child;
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MAX_MS);
    this.url = await new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error('heliograph ended before it listened')));
      createInterface(child.stdout).on('line', (line) => {
        const [link] = /http\S+#setup=\w+/.exec(line) ?? [];
        if (link === undefined) resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '');
        else this.setUpLink = link;
      });
    });
    clearTimeout(timer);
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
    await exited;
    clearTimeout(timer);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#data, { recursive: true });
  }

  addCamera(name: string): TestCamera {
    const answer = execFileSync(PROGRAM, ['--data', this.#data, 'camera', 'add', name, '--json']);
    return JSON.parse(answer.toString()) as TestCamera;
  }

  /** A program, signed by a key that is made for it, as a release. `folder`: of the test's own. */
  addRelease(folder: string, model: string, version: string, program: Buffer): void {
    const [key, image] = [path.join(folder, 'owner.key'), path.join(folder, 'image')];
    writeFileSync(image, program);
    execFileSync(PROGRAM, ['ota', 'keygen', '--out', key]);
    const about = ['--model', model, '--version', version, '--key', key];
    execFileSync(PROGRAM, ['ota', 'sign', image, ...about, '--out', `${image}.signed`]);
    execFileSync(PROGRAM, ['--data', this.#data, 'firmware', 'add', `${image}.signed`]);
  }

  /** An administrator, made on the machine itself. */
  addPerson(name: string, password: string): void {
    execFileSync(PROGRAM, ['--data', this.#data, 'user', 'add', name], { input: `${password}\n` });
  }

  /** A picture the plain way, taken now. */
  async upload(camera: TestCamera): Promise<Receipt> {
    const headers = {
      Authorization: `Bearer ${camera.key}`,
      'Content-Type': 'image/jpeg',
      Accept: 'application/json',
    };
    return this.#post('/upload', headers);
  }

  /** A picture that says when it was taken, and how the camera was then; `jpeg`: that very one. */
  async uploadFrom(
    camera: TestCamera,
    capturedAt: number,
    telemetry?: string,
    jpeg?: Buffer<ArrayBuffer>,
  ): Promise<Receipt> {
    const headers = {
      Authorization: `Bearer ${camera.key}`,
      'Content-Type': 'image/jpeg',
      'Heliograph-Boot': 'e2e',
      'Heliograph-Sequence': String(this.#sequence),
      'Heliograph-Captured-At': String(capturedAt),
      ...(telemetry === undefined ? {} : { 'Heliograph-Telemetry': telemetry }),
    };
    return this.#post('/device/v1/images', headers, jpeg);
  }

  /** One picture at each of these times, many at once. */
  async uploadAll(camera: TestCamera, capturedAt: readonly number[]): Promise<void> {
    const times = capturedAt.values();
    const send = async () => {
      for (const time of times) await this.uploadFrom(camera, time);
    };
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, send));
  }

  async #post(route: string, headers: Record<string, string>, jpeg?: Buffer<ArrayBuffer>): Promise<Receipt> {
    const body = jpeg ?? picture(this.#sequence);
    this.#sequence += 1;
    const response = await fetch(`${this.url}${route}`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${route} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Receipt;
  }
}
