import { expect, test } from './test';

const IMAGES = 10_000;
const DAYS = 25;
const DAY_MS = 86_400_000;
// The wall keeps what is in view and a little around it on the page; 10,000 elements would show here.
const TILES_MAX = 200;
const WHEEL_TURNS = 60;

test('scrolls through 10,000 pictures', async ({ server, gallery }) => {
  test.setTimeout(300_000);
  const camera = server.addCamera('North orchard');
  const now = Date.now();
  await server.uploadAll(
    camera,
    Array.from({ length: IMAGES }, (_, i) => now - Math.round((i * DAYS * DAY_MS) / IMAGES)),
  );

  let listings = 0;
  gallery.page.on('request', (request) => {
    if (request.url().includes('/api/v1/images?')) listings += 1;
  });
  await gallery.open(server.url);
  await expect(gallery.page.getByRole('link', { name: `North orchard 10,000 pictures` })).toBeVisible();
  await expect(gallery.picture(0).locator('img[data-state="shown"]')).toBeVisible();

  // The height is known before the pictures are, and stays.
  const height = () => gallery.wall.evaluate((wall) => wall.scrollHeight);
  const known = await height();
  expect(known).toBeGreaterThan((IMAGES / 6) * 150);
  expect(listings).toBeLessThanOrEqual(3);

  await gallery.wall.hover();
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) {
    await gallery.page.mouse.wheel(0, 900);
    expect(await gallery.pictures.count()).toBeLessThan(TILES_MAX);
  }
  const settled = gallery.wall.locator('img[data-state="shown"]');
  await expect.poll(() => settled.count()).toBeGreaterThan(20);

  // To the oldest picture in one go, without reading what lies between.
  const before = listings;
  await gallery.page.getByRole('slider', { name: 'Day' }).focus();
  await gallery.page.keyboard.press('End');
  await gallery.pictures.first().focus();
  await gallery.page.keyboard.press('End');
  await expect(gallery.picture(IMAGES - 1)).toBeFocused();
  await expect(gallery.picture(IMAGES - 1).locator('img[data-state="shown"]')).toBeVisible();
  expect(listings - before).toBeLessThan(10);
  expect(await height()).toBe(known);

  await gallery.page.keyboard.press('Enter');
  await expect(gallery.lightbox.getByRole('button', { name: 'Older' })).toBeDisabled();
  await gallery.page.keyboard.press('ArrowLeft');
  await gallery.page.keyboard.press('Escape');
  await expect(gallery.picture(IMAGES - 2)).toBeFocused();
});
