import { expect, test } from './test';

const MINUTE_MS = 60_000;

test('opens, leafs, zooms and closes by keyboard', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  const start = Date.parse('2024-11-22T12:00:00Z');
  for (let i = 0; i < 20; i += 1) await server.uploadFrom(camera, start - i * MINUTE_MS);
  await gallery.open(server.url);
  await expect(gallery.picture(0)).toBeVisible();

  const { keyboard } = gallery.page;
  await gallery.picture(0).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowDown');
  await expect(gallery.picture(7)).toBeFocused();
  await keyboard.press('Enter');
  await expect(gallery.lightbox).toBeVisible();
  await expect(gallery.lightbox.getByText('Friday 22 November 2024, 12:53:00')).toBeVisible();

  await keyboard.press('ArrowRight');
  await expect(gallery.lightbox.getByText('12:52:00')).toBeVisible();
  await keyboard.press('ArrowRight');
  await expect(gallery.lightbox.getByText('12:51:00')).toBeVisible();

  const original = gallery.lightbox.locator('.yarl__slide_current img');
  const width = async () => (await original.boundingBox())?.width ?? 0;
  const unzoomed = await width();
  await keyboard.press('+');
  await expect.poll(width).toBeGreaterThan(unzoomed * 1.2);
  await keyboard.press('-');
  await expect.poll(width).toBeCloseTo(unzoomed, 0);

  await keyboard.press('Escape');
  await expect(gallery.lightbox).toBeHidden();
  await expect(gallery.picture(9)).toBeFocused();
  await expect(gallery.page).toHaveURL(`${server.url}/`);
});

test('tells what the camera told', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  const telemetry = 'battery_mv=3912, rssi_dbm=-71, temperature_mc=21400, lat_e7=450703000, lon_e7=76869000';
  const { filename } = await server.uploadFrom(camera, Date.now(), telemetry);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  for (const fact of ['3.91 V', '−71 dBm', '21.4 °C', '45.07030, 7.68690', '160 × 120']) {
    await expect(gallery.lightbox.getByText(fact)).toBeVisible();
  }
  const download = gallery.page.waitForEvent('download');
  await gallery.lightbox.getByRole('link', { name: 'Download the original' }).click();
  expect((await download).suggestedFilename()).toBe(filename);
});

test('opens by a link, with its neighbours', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  const start = Date.parse('2024-11-22T12:00:00Z');
  const receipts = [];
  for (let i = 0; i < 10; i += 1) receipts.push(await server.uploadFrom(camera, start - i * MINUTE_MS));

  await gallery.page.goto(`${server.url}/?image=${receipts[4]?.id}`);
  await expect(gallery.lightbox.getByText('12:56:00')).toBeVisible();
  await expect(gallery.lightbox.getByRole('button', { name: 'Newer' })).toBeEnabled();
  await gallery.page.keyboard.press('ArrowLeft');
  await expect(gallery.lightbox.getByText('12:57:00')).toBeVisible();
  await expect(gallery.page).toHaveURL(`${server.url}/?image=${receipts[3]?.id}`);
  await gallery.page.keyboard.press('Escape');
  await expect(gallery.lightbox).toBeHidden();
  await expect(gallery.picture(3)).toBeFocused();

  await gallery.page.goto(`${server.url}/?image=7zzzzzzzzzzzz`);
  await expect(gallery.page.getByText('That picture is no longer here.')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('opens by a tap and leafs by a swipe', async ({ server, gallery }) => {
    const camera = server.addCamera('North orchard');
    const start = Date.parse('2024-11-22T12:00:00Z');
    for (let i = 0; i < 6; i += 1) await server.uploadFrom(camera, start - i * MINUTE_MS);
    await gallery.open(server.url);
    await gallery.picture(1).tap();
    await expect(gallery.lightbox.getByText('12:59:00')).toBeVisible();

    const touch = await gallery.page.context().newCDPSession(gallery.page);
    const at = (x: number) => [{ x, y: 400 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(320) });
    for (let x = 300; x >= 80; x -= 20) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(gallery.lightbox.getByText('12:58:00')).toBeVisible();
  });
});
