import { readFileSync } from 'node:fs';
import { signIn, typeSignIn } from './entrance';
import { withCamera } from './live-camera';
import { looksSound } from './look';
import type { TestCamera, TestServer } from './server';
import { expect, test } from './test';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const NOISE = 'GIF89a <img src=x onerror=alert(1)>';

function pageOf(server: TestServer, camera: TestCamera, tab?: string): string {
  return `${server.url}/?page=camera&camera=${camera.id}${tab === undefined ? '' : `&tab=${tab}`}`;
}

async function sendNoise(server: TestServer, camera: TestCamera, body = NOISE): Promise<void> {
  const headers = { Authorization: `Bearer ${camera.key}`, 'Content-Type': 'image/jpeg' };
  const refused = await fetch(`${server.url}/upload`, { method: 'POST', headers, body });
  expect(refused.status).toBe(422);
}

test('tells everything of a camera, each part under its own address', async ({ server, gallery }) => {
  test.setTimeout(240_000);
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await page.goto(pageOf(server, camera));
  await expect(page.getByText('It has sent no picture yet.')).toBeVisible();
  await expect(page.getByText('No problem is known.')).toBeVisible();
  const now = Date.now();
  for (let i = 5; i >= 0; i -= 1)
    await server.uploadFrom(camera, now - i * 30 * MINUTE_MS, 'battery_mv=3390, rssi_dbm=-91, spool=37');
  await expect(page.getByRole('link', { name: 'Last picture of North orchard' })).toBeVisible();
  await expect(page.getByText('Taken a minute ago')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Battery low: 3.39 V');
  await looksSound(page, 'camera-overview');

  const parts = page.getByRole('navigation', { name: 'Parts of this page' });
  for (const [part, what] of [
    ['Settings', 'Nobody has set it yet: everything is as the camera likes.'],
    ['Measurements', 'Waiting pictures'],
    ['Calendar', /pictures? on \d days?/],
    ['Uploads', 'Stored'],
    ['Quarantine', 'Nothing that it sent was refused lately.'],
    ['Commands', 'Nobody has told it to do anything yet.'],
    ['Firmware', 'No update was sent to it lately.'],
    ['Name and key', 'Make a new key'],
  ] as const) {
    await parts.getByRole('link', { name: part }).click();
    await expect(page.getByRole('main').getByText(what).first()).toBeVisible();
    await expect(parts.getByRole('link', { name: part })).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await expect(page.getByRole('main').getByText(what).first()).toBeVisible();
    // The others are looked at with something in them, by tests of their own.
    if (part === 'Settings' || part === 'Name and key') await looksSound(page, `camera-${part}`);
  }
});

test('shows what was refused: why, what it is, and how to be rid of it', async ({ server, gallery }) => {
  test.setTimeout(180_000);
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await sendNoise(server, camera);
  await page.goto(pageOf(server, camera, 'uploads'));
  const log = page.getByRole('list', { name: 'Last uploads, newest first' });
  await expect(log.getByRole('listitem').first()).toContainText('Refused: this is no JPEG');
  await expect(log.getByRole('listitem').nth(1)).toContainText('Stored · 160 × 120');
  await expect(page.getByText('1 picture stored · 0 repeats · 1 refused')).toBeVisible();
  await looksSound(page, 'uploads-refused');

  await log.getByRole('link', { name: 'its bytes' }).click();
  const quarantine = page.getByRole('list', { name: 'Quarantine' });
  await expect(quarantine).toContainText('begins with “GIF89a <img src=…”');
  await looksSound(page, 'quarantine');
  await quarantine.getByRole('button', { name: /^Bytes of / }).click();
  const bytes = page.getByRole('dialog');
  await expect(bytes.getByLabel('Bytes')).toContainText('47 49 46 38 39 61');
  await expect(bytes.getByLabel('Bytes')).toContainText('GIF89a <img src=');
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  await looksSound(page, 'bytes');
  const saving = page.waitForEvent('download');
  await bytes.getByRole('link', { name: 'Download all of it' }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toBe(NOISE);
  await bytes.getByRole('button', { name: 'Close' }).click();

  await quarantine.getByRole('button', { name: /^Remove / }).click();
  await page.getByRole('button', { name: 'Remove them' }).click();
  await expect(page.getByText('Nothing that it sent was refused lately.')).toBeVisible();
});

test('watches a camera, says what it runs, and carries on when the server is back', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await withCamera(server, camera, async () => {
    await page.goto(`${pageOf(server, camera)}&watch=1`);
    await expect(page.getByTestId('live-words')).toHaveText(/^\d+\.\d s behind · \d+\.\d pictures a second/);
    await page.getByRole('link', { name: 'Stop watching' }).click();
    await expect(page.getByText(/^Taken .* ago/)).toBeVisible();
    await page.getByRole('link', { name: 'Firmware' }).click();
    await expect(page.getByRole('list', { name: 'Program' })).toContainText('heliograph-cam');

    await server.stop();
    await expect(page.getByText('The server does not answer. What is loaded stays here')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Program' })).toContainText('heliograph-cam');
    await server.start();
    await expect(page.getByText('The server does not answer.')).toHaveCount(0, { timeout: 60_000 });
  });
});

test('shows ten years of three hundred thousand pictures at once', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  const hours = 10 * 365 * 24;
  const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hours * HOUR_MS;
  const counts = Array.from({ length: hours }, (_, hour) => (hour % 24 < 8 ? 0 : 5));
  await page.route('**/api/v1/histogram*', (route) =>
    route.fulfill({ json: { hour_ms: HOUR_MS, runs: [{ start, counts }] } }),
  );
  await page.goto(pageOf(server, camera, 'calendar'));
  const year = String(new Date().getUTCFullYear() - 2);
  await page.getByRole('combobox').selectOption(year);
  await expect(page.getByRole('grid', { name: new RegExp(`^${year}: 29,\\d{3} pictures`) })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('combobox')).toHaveValue(year);
});

test.describe('with a login', () => {
  test.use({ login: true });

  test('shows nobody what is not theirs to do, and says so when a camera goes', async ({
    server,
    gallery,
    owner,
  }) => {
    const { page } = gallery;
    const camera = server.addCamera('North orchard');
    await server.upload(camera);
    await sendNoise(server, camera);
    await owner.add(server, 'viewer', { group: null, role: 'viewer' });
    await signIn(page, pageOf(server, camera), 'viewer');
    const parts = page.getByRole('navigation', { name: 'Parts of this page' });
    await expect(parts.getByRole('link', { name: 'Quarantine' })).toBeVisible();
    await expect(parts.getByRole('link', { name: 'Name and key' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Take a picture' })).toHaveCount(0);
    await parts.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('list', { name: 'Settings' })).toContainText('Wanted: as the camera likes');
    await expect(page.getByRole('button', { name: 'Set it so' })).toHaveCount(0);
    await parts.getByRole('link', { name: 'Quarantine' }).click();
    await expect(page.getByRole('button', { name: /^Bytes of / })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(0);

    // Signed out elsewhere: sign in again, and be where one was.
    await page.context().clearCookies();
    await parts.getByRole('link', { name: 'Commands' }).click();
    await typeSignIn(page, 'viewer');
    await expect(page.getByText('Nobody has told it to do anything yet.')).toBeVisible();

    await owner.ask('DELETE', `/api/v1/cameras/${camera.id}`);
    await page.reload();
    await expect(page.getByText('There is no such camera')).toBeVisible();
    await looksSound(page, 'camera-gone');
    await page.getByRole('link', { name: 'To all cameras' }).click();
    await expect(page.getByText('There is no camera yet.')).toBeVisible();
  });
});
