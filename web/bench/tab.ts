// A tab as a reader has it, in Debian's Chromium. Drivers of browsers watch what a tab loads (the Network domain), for which it
// keeps copies of 100 MB of it, and each picture takes longer: here a script runs in the page, and nothing else is watched.
import CDP from 'chrome-remote-interface';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXECUTABLE, FLAGS } from '../chromium.ts';

const ADDRESS = /ws:\/\/127\.0\.0\.1:(\d+)\//;
const LOOK_EVERY_MS = 100;
const LETS_GO_WITHIN_MS = 3_000;

export class Tab {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #browser: CDP.Client;
  readonly #page: CDP.Client;

  private constructor(process: ChildProcess, profile: string, browser: CDP.Client, page: CDP.Client) {
    this.#process = process;
    this.#profile = profile;
    this.#browser = browser;
    this.#page = page;
  }

  /** In a window of 1440 by 900. */
  static async open(url: string): Promise<Tab> {
    const profile = mkdtempSync(join(tmpdir(), 'heliograph-bench-'));
    const flags = ['--headless=new', '--window-size=1440,900', ...FLAGS];
    const process = spawn(
      EXECUTABLE,
      [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const port = await portOf(process);
    const [target] = (await CDP.List({ port })).filter(({ type }) => type === 'page');
    if (!target) throw new Error('Chromium has no tab');
    const { webSocketDebuggerUrl } = await CDP.Version({ port });
    const browser = await CDP({ port, target: webSocketDebuggerUrl });
    const page = await CDP({ port, target });
    await page.Page.navigate({ url });
    return new Tab(process, profile, browser, page);
  }

  /** What `work` comes to in the page; it may use nothing of ours but `value`. */
  async evaluate<T, V>(work: (value: V) => T | Promise<T>, value: V): Promise<T> {
    const expression = `(${work.toString()})(${JSON.stringify(value)})`;
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#page.Runtime.evaluate(options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  async until(isSo: () => boolean): Promise<void> {
    // The page that is asked may give way to the one that was asked for.
    while (!(await this.evaluate(isSo, undefined).catch(() => false))) {
      await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
    }
  }

  /** Of the process that draws the page: what it has in memory, shared pages by its part, in MiB. */
  async mib(): Promise<number> {
    const { processInfo } = await this.#browser.SystemInfo.getProcessInfo();
    const sizes = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]));
    return Math.max(...sizes) / 1024;
  }

  /** What a machine that is short of memory makes it do: let go of what it could make again. */
  async letGo(): Promise<void> {
    await this.#page.Memory.simulatePressureNotification({ level: 'critical' });
    await this.#page.HeapProfiler.collectGarbage();
    await new Promise((over) => setTimeout(over, LETS_GO_WITHIN_MS));
  }

  async close(): Promise<void> {
    const gone = new Promise((done) => this.#process.once('exit', done));
    await this.#browser.Browser.close();
    await gone;
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

function portOf({ stderr }: ChildProcess): Promise<number> {
  return new Promise((found) => {
    let text = '';
    stderr?.on('data', (data: Buffer) => {
      text += data.toString();
      const port = ADDRESS.exec(text)?.[1];
      if (port !== undefined) found(Number(port));
    });
  });
}
