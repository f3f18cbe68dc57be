import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_DIR } from './programs';
import { expect, test } from './test';

test('takes a picture from the page, and shows it in the gallery', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  const spool = mkdtempSync(path.join(tmpdir(), 'heliograph-cam-e2e-'));
  const options = ['--server', server.url, '--key', camera.key, '--spool', spool, '--size', '320x240'];
  const program = spawn(
    path.join(BIN_DIR, 'heliograph-cam'),
    [...options, '--interval', '3600', '--heartbeat', '0.2'],
    { stdio: 'ignore' },
  );
  try {
    await gallery.open(`${server.url}/?camera=${camera.id}`);
    await expect(gallery.pictures).toHaveCount(1); // the one that it takes when it starts
    const orders = gallery.page.getByRole('region', { name: 'Orders to North orchard' });

    await orders.getByRole('button', { name: 'Take a picture' }).click();
    await expect(orders.getByText('Picture: done')).toBeVisible();
    await expect(gallery.pictures).toHaveCount(2);
    await expect(orders.getByText('Online')).toBeVisible();

    await orders.getByRole('link', { name: 'About this camera' }).click();
    await gallery.page.getByRole('link', { name: 'Settings' }).click();
    const settings = gallery.page.getByRole('region', { name: 'Settings' });
    await settings.getByLabel('A picture every (s)').fill('1');
    await settings.getByRole('button', { name: 'Set it so' }).click();
    await expect(settings.getByText('The camera goes by these.')).toBeVisible();
    await expect(settings.getByLabel('A picture every (s)')).toHaveAccessibleDescription(/In force: 1\.$/);
    await gallery.page.getByRole('link', { name: 'Overview' }).click();
    await gallery.page.getByRole('link', { name: 'All its pictures' }).click();
    await expect(gallery.pictures.nth(3)).toBeVisible(); // one a second now
  } finally {
    program.kill('SIGKILL');
    rmSync(spool, { recursive: true, force: true, maxRetries: 5 });
  }
});
