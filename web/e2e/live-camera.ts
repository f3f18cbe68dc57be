// The real camera with its drawn orchard, as something to watch.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_DIR } from './programs';
import type { TestCamera, TestServer } from './server';

/** heliograph-cam for as long as `use` takes. */
export async function withCamera(
  server: TestServer,
  camera: TestCamera,
  use: () => Promise<void>,
): Promise<void> {
  const spool = mkdtempSync(path.join(tmpdir(), 'heliograph-e2e-spool-'));
  const where = ['--server', server.url, '--key', camera.key, '--spool', spool];
  const child = spawn(
    path.join(BIN_DIR, 'heliograph-cam'),
    [...where, '--size', '320x240', '--interval', '600'],
    {
      stdio: 'ignore',
    },
  );
  try {
    await use();
  } finally {
    child.kill('SIGKILL');
    rmSync(spool, { recursive: true, force: true });
  }
}

export async function metric(server: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
