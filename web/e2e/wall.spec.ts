import { metric, withCamera } from './live-camera';
import { looksSound } from './look';
import { expect, test } from './test';

const MINUTE_MS = 60_000;

test('shares the screen among cameras, turns its pages, and follows what comes', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  await page.goto(`${server.url}/?page=wall`);
  await expect(page.getByText('There is no camera to show.')).toBeVisible();
  const cameras = ['Apiary', 'Barn', 'Cellar', 'Dam', 'Elm'].map((name) => server.addCamera(name));
  for (const camera of cameras) await server.uploadFrom(camera, Date.now() - 5 * MINUTE_MS);
  await page.reload();
  const tiles = page.getByRole('list', { name: 'Cameras' }).getByRole('listitem');
  await expect(tiles).toHaveCount(5);
  await expect(tiles.first()).toContainText('Apiary');
  await expect(tiles.first()).toContainText('5 minutes ago');
  await looksSound(page, 'wall');

  // What is chosen stands in the address, which a machine in the lab opens by itself.
  await page.getByLabel('At once').selectOption('4');
  await expect(tiles).toHaveCount(4);
  expect(page.url()).toBe(`${server.url}/?page=wall&most=4`);
  await expect(page.getByText('1 of 2')).toBeVisible();
  await page.locator('body').click({ position: { x: 200, y: 400 } });
  await page.keyboard.press('ArrowRight');
  await expect(tiles).toHaveCount(1);
  await expect(tiles).toContainText('Elm');
  await page.goto(`${server.url}/?page=wall&most=4&every=3`);
  await expect(tiles).toHaveCount(1, { timeout: 10_000 });

  // A server that was away is followed again, with nobody near.
  await page.goto(`${server.url}/?page=wall`);
  await expect(tiles).toHaveCount(5);
  await server.stop();
  await server.start();
  const [apiary] = cameras;
  if (!apiary) throw new Error('no camera');
  await server.uploadFrom(apiary, Date.now());
  await expect(tiles.first()).toContainText('a minute ago', { timeout: 60_000 });
});

test('fills the screen by a key, and hides what is not looked at', async ({ server, gallery }) => {
  const { page } = gallery;
  await server.upload(server.addCamera('Weir'));
  await page.goto(`${server.url}/?page=wall`);
  const bar = page.getByRole('banner');
  await expect(bar).toBeInViewport();
  await page.mouse.click(600, 500);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await expect(bar).not.toBeInViewport({ timeout: 10_000 });
  await page.mouse.move(300, 300);
  await expect(bar).toBeInViewport();
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(false);
});

test('remembers of this screen how pictures stand in their tiles', async ({ server, gallery }) => {
  const { page } = gallery;
  await server.upload(server.addCamera('Weir'));
  await page.goto(`${server.url}/?page=wall`);
  const picture = page.getByRole('list', { name: 'Cameras' }).locator('img').first();
  await expect(picture).toHaveCSS('object-fit', 'contain');
  await page.getByLabel('Pictures').selectOption('Fill, cropped');
  await expect(picture).toHaveCSS('object-fit', 'cover');
  await page.goto(`${server.url}/?page=wall&most=1`);
  await expect(picture).toHaveCSS('object-fit', 'cover');
});

test('shows what cameras send now, over one line', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('Weir');
  server.addCamera('Barn');
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await withCamera(server, camera, async () => {
    await expect.poll(() => metric(server, 'heliograph_live_links')).toBe(1);
    await page.goto(`${server.url}/?page=wall&show=live`);
    await expect(page.getByText('Live', { exact: true }).last()).toBeVisible();
    expect(await metric(server, 'heliograph_live_watchers')).toBe(2);
    expect(sockets).toHaveLength(1);
    const picture = page.locator('canvas[data-moving="true"]');
    const drawn = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await drawn();
    await expect.poll(drawn).not.toBe(first);
    await page.getByLabel('Show').selectOption('Latest pictures');
    await expect.poll(() => metric(server, 'heliograph_live_watchers')).toBe(0);
  });
});
