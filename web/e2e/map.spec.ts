import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { looksSound } from './look';
import { TestServer } from './server';
import { expect, test } from './test';

const MARK = '.leaflet-marker-icon';
// One transparent pixel.
const TILE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('shows where cameras are, and which never told, and asks nobody else', async ({ server, gallery }) => {
  const { page } = gallery;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  const [weir, barn] = ['Weir', 'Barn', 'Apiary'].map((name) => server.addCamera(name));
  if (!weir || !barn) throw new Error('no cameras');
  await server.uploadFrom(weir, Date.now(), 'lat_e7=464530000, lon_e7=112580000');
  await server.uploadFrom(barn, Date.now(), 'lat_e7=464630000, lon_e7=112980000');
  await page.goto(`${server.url}/?page=map`);
  await expect(page.locator(MARK)).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'On the map' })).toContainText('46.4530° N, 11.2580° E');
  await expect(page.getByRole('list', { name: 'Without a place' })).toContainText('Apiary');
  // Their names stand beside them.
  for (const name of ['Weir', 'Barn'])
    await expect(page.getByRole('button', { name, exact: true }).getByText(name)).toBeVisible();
  await looksSound(page, 'map');

  await page.getByRole('button', { name: 'Weir', exact: true }).click();
  const list = page.getByRole('list', { name: 'On the map' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show all cameras' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);

  // From further away they are one mark, which opens when it is pressed.
  const out = page.getByRole('button', { name: 'Zoom out' });
  while ((await page.locator(MARK).count()) > 1) await out.click();
  await page.getByRole('button', { name: '2 cameras: ' }).click();
  await expect(page.locator(MARK)).toHaveCount(2);
  expect(new Set(asked)).toEqual(new Set([server.url]));
});

test("a camera's page leads to where it stands", async ({ server, gallery }) => {
  const { page } = gallery;
  const [weir, barn] = [server.addCamera('Weir'), server.addCamera('Barn')];
  const apiary = server.addCamera('Apiary');
  await server.uploadFrom(weir, Date.now(), 'lat_e7=464530000, lon_e7=112580000');
  await server.uploadFrom(barn, Date.now(), 'lat_e7=464630000, lon_e7=112980000');
  await page.goto(`${server.url}/?page=camera&camera=${weir.id}`);
  await page.getByRole('link', { name: '46.4530° N, 11.2580° E on the map' }).click();
  await expect(page).toHaveURL(`${server.url}/?page=map&camera=${weir.id}`);
  const list = page.getByRole('list', { name: 'On the map' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('Weir');
  // The map is about it: its neighbour, three kilometres away, is not in sight.
  await expect(page.locator(MARK)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Weir', exact: true })).toBeInViewport();
  await looksSound(page, 'map-of-one');
  await page.getByRole('button', { name: 'Show all cameras' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(page).toHaveURL(`${server.url}/?page=map`);

  await page.goto(`${server.url}/?page=map&camera=${apiary.id}`);
  await expect(page.getByText('Apiary has no place on the map yet.')).toBeVisible();
});

test('puts a camera on the map by hand, and takes that back', async ({ server, gallery }) => {
  test.setTimeout(180_000);
  const { page } = gallery;
  const weir = server.addCamera('Weir');
  server.addCamera('Barn');
  await server.uploadFrom(weir, Date.now(), 'lat_e7=464530000, lon_e7=112580000');
  await page.goto(`${server.url}/?page=map`);
  const onMap = page.getByRole('list', { name: 'On the map' });

  // By numbers.
  await page.getByRole('button', { name: 'Place Barn' }).click();
  const bar = page.getByRole('region', { name: 'Place Barn' });
  await bar.getByLabel('Latitude').fill('100');
  await expect(bar.getByText('Degrees, -90 to 90')).toBeVisible();
  await bar.getByLabel('Latitude').fill('46.5');
  await bar.getByLabel('Longitude').fill('11,3');
  await looksSound(page, 'place');
  await bar.getByRole('button', { name: 'It stands here' }).click();
  await expect(onMap).toContainText('46.5000° N, 11.3000° E, put there by hand');
  await expect(page.getByText('Barn stands there now', { exact: true }).last()).toBeVisible();

  // By the pin, over what the camera tells: which holds until it is let go.
  await page.goto(`${server.url}/?page=map&place=${weir.id}`);
  const pin = page.getByTitle('Where Weir stands');
  // The map may still be on its way to the pin, which is then no longer where it was seen.
  const latitude = page.getByLabel('Latitude');
  await expect(async () => {
    await pin.hover();
    const box = await pin.boundingBox();
    if (!box) throw new Error('no pin');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.down();
    await page.mouse.move(x + 80, y + 50, { steps: 5 });
    await page.mouse.up();
    await expect(latitude).not.toHaveValue('46.453', { timeout: 1000 });
  }).toPass();
  await page.getByRole('button', { name: 'It stands here' }).click();
  const entry = onMap.getByRole('listitem').filter({ hasText: 'Weir' });
  await expect(entry).toContainText('put there by hand');
  await server.uploadFrom(weir, Date.now(), 'lat_e7=470000000, lon_e7=113000000');
  await page.reload();
  await expect(entry).toContainText('put there by hand');
  await page.getByRole('button', { name: 'Move Weir' }).click();
  await page.getByRole('button', { name: 'Let the camera tell' }).click();
  await expect(entry).toContainText('47.0000° N, 11.3000° E');
  await expect(entry).not.toContainText('by hand');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entry).toContainText('put there by hand');
});

test("lays the owner's tiles below, and the page's policy lets them in", async ({ page }) => {
  const tiles = createServer((_, answer) => answer.setHeader('Content-Type', 'image/png').end(TILE));
  await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
  const { port } = tiles.address() as AddressInfo;
  const config = `[map]\ntiles = "http://127.0.0.1:${port}/{z}/{x}/{y}.png"\ncredit = "<b>The ground</b>"\n`;
  const server = new TestServer({ login: false, config });
  try {
    await server.start();
    server.addCamera('Weir');
    await page.goto(`${server.url}/?page=map`);
    await expect(page.locator('img.leaflet-tile-loaded').first()).toBeAttached();
    await expect(page.getByText('<b>The ground</b>')).toBeVisible();
  } finally {
    await server.remove();
    tiles.close();
  }
});
