import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { looksSound } from './look';
import { expect, test } from './test';

const NAME = 'Heliograph camera, t_sim7600';

/** As firmware/esp32/web_manifest.py makes it. */
function boardFolder(): string {
  const folder = test.info().outputPath('t_sim7600');
  mkdirSync(folder, { recursive: true });
  const parts = [
    { path: 'bootloader.bin', offset: 0x1000 },
    { path: 'heliograph-esp32.bin', offset: 0x10000 },
  ];
  for (const { path } of parts) writeFileSync(join(folder, path), 'x'.repeat(2048));
  const builds = [{ chipFamily: 'ESP32', parts }];
  const manifest = { name: NAME, version: '0.1.0', new_install_prompt_erase: true, builds };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** In the page: a port at which nothing answers. */
function plugInSilentBoard(): void {
  const port = {
    readable: new ReadableStream(),
    writable: new WritableStream(),
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    getInfo: () => ({}),
    setSignals: () => Promise.resolve(),
    addEventListener: () => undefined,
  };
  const serial = { requestPort: () => Promise.resolve(port), addEventListener: () => undefined };
  Object.defineProperty(navigator, 'serial', { value: serial });
}

test('a board is flashed from its folder, as far as the cable', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.addInitScript(plugInSilentBoard);
  await page.goto(`${server.url}/?page=flash`);
  const other = test.info().outputPath('pictures');
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, '1.jpg'), 'x');
  await page.getByLabel('Folder').setInputFiles(other);
  const files = page.getByRole('region', { name: 'Files of your own' });
  await expect(files.getByRole('alert')).toHaveText('There is no manifest.json in it.');
  await page.getByLabel('Folder').setInputFiles(boardFolder());
  const board = page.getByRole('listitem').filter({ hasText: NAME });
  await expect(board).toContainText('ESP32, 2 parts, 4 KB');
  await looksSound(page, 'flash');

  await board.getByRole('button', { name: 'Connect and install 0.1.0' }).click();
  // ESP Web Tools has the port, and has read the manifest out of this page's own memory, which the page's policy allows.
  const dialog = page.locator('ewt-install-dialog');
  await expect(dialog.getByText(`Install ${NAME}`)).toBeVisible({ timeout: 30_000 });
});

const PROGRAM_OFFSET = 0x10000;

/** The flash of an ESP32 with this program, as far as the server looks at it. */
function flashOf(program: Buffer): Buffer {
  const flash = Buffer.concat([Buffer.alloc(PROGRAM_OFFSET, 0xff), program]);
  flash.fill(0, 0x1000, 0x1018);
  flash[0x1000] = 0xe9;
  return flash;
}

test('a board is flashed from a release, as far as the cable', async ({ server, gallery }) => {
  const { page } = gallery;
  const folder = test.info().outputPath();
  mkdirSync(folder, { recursive: true });
  const program = Buffer.alloc(4096, 'p');
  server.addRelease(folder, 'trap', '1.2.0', program);
  await page.addInitScript(plugInSilentBoard);
  await page.goto(`${server.url}/?page=flash`);
  const release = page.getByRole('listitem').filter({ hasText: 'trap 1.2.0' });
  await expect(release).toContainText('No flash image');
  await release.getByRole('button', { name: 'Add the flash image of trap 1.2.0' }).click();
  const dialog = page.getByRole('dialog', { name: 'Flash image of trap 1.2.0' });
  const image = (name: string, content: Buffer) =>
    dialog
      .getByLabel('Flash image')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });
  await image('other.bin', flashOf(Buffer.alloc(4096, 'q')));
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('is not that of trap 1.2.0');
  await image('merged-binary.bin', flashOf(program));
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(release).toContainText('ESP32, 68 KB');
  await looksSound(page, 'flash-release');

  await release.getByRole('button', { name: 'Connect and install 1.2.0' }).click();
  const install = page.locator('ewt-install-dialog');
  await expect(install.getByText('Install Heliograph camera, trap')).toBeVisible({ timeout: 30_000 });
});

test('says where it cannot work', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.addInitScript(() => {
    delete (Navigator.prototype as { serial?: unknown }).serial;
  });
  await page.goto(`${server.url}/?page=flash`);
  await expect(page.getByText('This browser has no way to a USB port.')).toBeVisible();
  await page.getByLabel('Folder').setInputFiles(boardFolder());
  await expect(page.getByRole('listitem').filter({ hasText: NAME })).toBeVisible();
  await expect(page.getByRole('button', { name: /Connect/ })).toHaveCount(0);
  await looksSound(page, 'flash-unable');
});
