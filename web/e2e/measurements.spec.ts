import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_DIR } from './programs';
import { seriousFaults } from './faults';
import { expect, test } from './test';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`draws what a camera measured, ${viewport.width} wide`, async ({ server, gallery }, info) => {
    const { page } = gallery;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const camera = server.addCamera('North orchard');
    const now = Date.now();
    for (let hour = 0; hour < 48; hour += 1) {
      if (hour > 8 && hour < 16) continue; // it was not heard
      const mv = Math.round(3800 + 200 * Math.sin(hour / 4));
      const facts = `battery_mv=${mv}, solar_mv=${Math.max(0, (mv - 3800) * 25)}, rssi_dbm=${-70 - (hour % 5)}`;
      await server.uploadFrom(
        camera,
        now - hour * HOUR_MS,
        `${facts}, spool=${hour % 3}, reset=7, lat_e7=464530000, lon_e7=112580000`,
      );
    }
    await server.uploadFrom(camera, now - 300 * DAY_MS, 'battery_mv=4100');
    await page.goto(`${server.url}/?page=camera&camera=${camera.id}&tab=measurements`);
    const panel = page.getByRole('region', { name: 'Measurements' });
    await expect(panel.getByRole('img', { name: /^Battery: 3\.\d\d V to 4\.00 V/ })).toBeVisible();
    await expect(panel.getByRole('img', { name: /^Solar panel: / })).toBeVisible();
    await expect(panel.getByText('Last start: a brownout')).toBeVisible();
    await expect(panel.getByText('Position: 46.45300, 11.25800')).toBeVisible();
    await expect(panel.getByRole('img', { name: /^Temperature/ })).toHaveCount(0);
    await page.screenshot({ path: info.outputPath('measurements.png') });

    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);

    await panel.getByRole('button', { name: 'Export' }).click();
    const [table] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Save' }).click(),
    ]);
    expect(table.suggestedFilename()).toMatch(/^heliograph-telemetry-north-orchard-.*\.csv$/);
    expect(readFileSync(await table.path(), 'utf8')).toContain(`"${camera.id}","North orchard","20`);

    await panel.getByLabel('Over').selectOption('a year');
    await expect(panel.getByRole('img', { name: /^Battery: .* to 4\.10 V/ })).toBeVisible();
    await panel.getByLabel('Over').selectOption('6 hours');
    await expect(panel.getByRole('img', { name: /^Battery: / })).toBeVisible();
  });
}

test('lists what a camera was told, and shows its log', async ({ server, gallery }, info) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  const spool = mkdtempSync(path.join(tmpdir(), 'heliograph-cam-e2e-'));
  const options = ['--server', server.url, '--key', camera.key, '--spool', spool, '--size', '320x240'];
  const program = spawn(
    path.join(BIN_DIR, 'heliograph-cam'),
    [...options, '--interval', '3600', '--heartbeat', '0.2'],
    { stdio: 'ignore' },
  );
  try {
    await page.goto(`${server.url}/?page=camera&camera=${camera.id}`);
    await expect(page.getByRole('link', { name: 'Last picture of North orchard' })).toBeVisible();
    await page.getByRole('button', { name: 'Take a picture' }).click();
    await expect(page.getByText('Picture: done')).toBeVisible();

    await page.getByRole('link', { name: 'Commands' }).click();
    const commands = page.getByRole('list', { name: 'Commands to North orchard' });
    await expect(commands.getByText('Picture: done')).toBeVisible();
    await expect(commands.getByText('One picture')).toBeVisible();
    const panel = page.getByRole('region', { name: 'Its own log' });
    await panel.getByRole('button', { name: 'Ask for its log' }).click();
    await expect(commands.getByText('Send-log: done')).toBeVisible();
    await panel.getByRole('button', { name: 'Read its log' }).click();
    await expect(panel.getByLabel('Its log')).toContainText(/\d{4}-\d\d-\d\dT.*Z sent /);
    await page.screenshot({ path: info.outputPath('commands.png') });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: info.outputPath('commands-phone.png') });
    expect(await seriousFaults(page)).toEqual([]);
  } finally {
    program.kill('SIGKILL');
    rmSync(spool, { recursive: true, force: true, maxRetries: 5 });
  }
});
