import type { Page } from '@playwright/test';
import { looksSound } from './look';
import { expect, test } from './test';

const MINUTE_MS = 60_000;
const NOON = Date.parse('2024-11-22T12:00:00Z');
const TOLD =
  'battery_mv=3912, rssi_dbm=-71, temperature_mc=21400, lat_e7=450703000, lon_e7=76869000, spool=3';

const original = (page: Page) => page.locator('.yarl__slide_current img');
const width = async (page: Page) => (await original(page).boundingBox())?.width ?? 0;

test('zooms to pixels and back, by keyboard', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.uploadFrom(camera, NOON);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  // A picture of 160 pixels is enlarged to fit, smoothly.
  await expect.poll(() => width(page)).toBe(320);
  await expect(gallery.lightbox.getByLabel('Size')).toHaveText('200 %');
  await expect(original(page)).toHaveCSS('image-rendering', 'auto');

  await page.keyboard.press('1');
  await expect.poll(() => width(page)).toBeCloseTo(160, 0);
  await expect(gallery.lightbox.getByLabel('Size')).toHaveText('100 %');
  await expect(original(page)).toHaveCSS('image-rendering', 'pixelated');
  await page.keyboard.press('0');
  await expect.poll(() => width(page)).toBeCloseTo(320, 0);
  await page.mouse.move(720, 400);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => width(page)).toBeGreaterThan(400);
  await expect(original(page)).toHaveCSS('image-rendering', 'pixelated');
});

test('tells everything that is known, and remembers that it was asked to', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  const camera = server.addCamera('North orchard');
  const { id } = await server.uploadFrom(camera, NOON, TOLD);
  await server.uploadFrom(camera, NOON - MINUTE_MS);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  await expect(lightbox.getByText('3.91 V')).toBeVisible();
  await page.keyboard.press('i');
  const facts = lightbox.getByRole('complementary', { name: 'Facts' });
  for (const fact of [
    'Friday 22 November 2024, 13:00:00 (Europe/Rome)',
    'Friday 22 November 2024, 12:00:00',
    '21.4 °C',
    'e2e',
    '160 × 120, 0.0 megapixels',
    id,
  ]) {
    await expect(facts.getByText(fact, { exact: true })).toBeVisible();
  }
  await expect(facts.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  await expect(facts.getByText(/^By the camera’s clock\. The picture came \d+ days later/)).toBeVisible();
  await expect(facts.getByRole('link', { name: 'On the map of cameras' })).toHaveAttribute(
    'href',
    `/?page=map&camera=${camera.id}`,
  );
  await expect(facts.getByRole('link', { name: 'Open the original' })).toHaveAttribute('target', '_blank');
  // Where the camera stands is remembered for the next look.
  await facts.getByLabel('Time zone of the camera').selectOption('Asia/Tokyo');
  await expect(facts.getByText('Friday 22 November 2024, 21:00:00 (Asia/Tokyo)')).toBeVisible();
  await looksSound(page, 'facts');

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('ArrowRight');
  await expect(lightbox.getByText('Friday 22 November 2024, 12:59:00', { exact: true })).toBeVisible();
  await expect(facts.getByText('Friday 22 November 2024, 20:59:00 (Asia/Tokyo)')).toBeVisible();
  await page.reload();
  await expect(facts).toBeVisible();
  await facts.getByRole('button', { name: 'Close facts' }).click();
  await expect(facts).toBeHidden();
  await page.reload();
  await expect(lightbox.getByText('Friday 22 November 2024, 12:59:00', { exact: true })).toBeVisible();
  await expect(facts).toBeHidden();
});

test('turns and adjusts what is seen, for each camera, and saves a copy', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  const camera = server.addCamera('North orchard');
  const other = server.addCamera('Greenhouse');
  await server.uploadFrom(camera, NOON);
  await server.uploadFrom(other, NOON - MINUTE_MS);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  await expect(lightbox.getByText('North orchard', { exact: true })).toBeVisible();
  await page.keyboard.press('r');
  const seen = page.locator('.yarl__slide_current .yarl__slide_wrapper > div');
  await expect.poll(async () => (await seen.boundingBox())?.width).toBe(240);
  await page.keyboard.press('a');
  const panel = lightbox.getByRole('complementary', { name: 'Adjust' });
  await panel.getByLabel('Brightness').fill('150');
  await expect(seen.locator('> div')).toHaveCSS('filter', 'brightness(1.5)');
  await looksSound(page, 'adjust');
  await page.setViewportSize({ width: 1440, height: 900 });

  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save a copy' }).click();
  const copy = await download;
  expect(copy.suggestedFilename()).toMatch(/-adjusted\.jpg$/);
  const size = await page.evaluate(
    async (bytes) => {
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      return [picture.width, picture.height];
    },
    [...(await bytesOf(await copy.createReadStream()))],
  );
  expect(size).toEqual([120, 160]);

  // The other camera hangs upright.
  await lightbox.getByRole('button', { name: 'Older' }).click();
  await expect(lightbox.getByText('Greenhouse', { exact: true }).first()).toBeVisible();
  await expect(seen.locator('> div')).toHaveCSS('filter', 'none');
  await page.reload();
  await expect(lightbox.getByText('Greenhouse', { exact: true }).first()).toBeVisible();
  await expect(lightbox.getByRole('button', { name: 'Newer' })).toBeEnabled();
  await page.keyboard.press('ArrowLeft');
  await expect(seen.locator('> div')).toHaveCSS('filter', 'brightness(1.5)');
  await page.keyboard.press('a');
  await panel.getByRole('button', { name: 'As taken' }).click();
  await expect(seen.locator('> div')).toHaveCSS('filter', 'none');
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('adjust'))),
  ).toEqual([]);
});

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
