import { expect, test } from './test';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test('teaches who has nothing yet, and shows the first picture by itself', async ({ server, gallery }) => {
  await gallery.open(server.url);
  await expect(gallery.page.getByRole('heading', { name: 'Nothing in sight yet' })).toBeVisible();
  await expect(gallery.page.getByText('heliograph camera add north-orchard')).toBeVisible();
  await expect(gallery.page.getByText(`${server.url}/upload`)).toBeVisible();

  await server.upload(server.addCamera('North orchard'));
  await expect(gallery.pictures).toHaveCount(1);
  await expect(gallery.page.getByRole('link', { name: 'North orchard 1 picture' })).toBeVisible();
});

test('puts pictures under the days of the reader', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  // Rome is one hour ahead of UTC in winter: 23:30 UTC on the 21st is the 22nd there.
  const times = ['2024-11-22T08:15:00Z', '2024-11-21T23:30:00Z', '2024-11-21T22:30:00Z'];
  await server.uploadAll(
    camera,
    times.map((time) => Date.parse(time)),
  );
  await gallery.open(server.url);
  const day = gallery.page.getByRole('region', { name: 'Friday 22 November 2024' });
  await expect(day.getByRole('link')).toHaveCount(2);
  await expect(day.getByRole('link').last()).toHaveAccessibleName(
    'North orchard, Friday 22 November 2024, 00:30:00',
  );
  await expect(gallery.page.getByRole('region', { name: 'Thursday 21 November 2024' })).toContainText(
    '1 picture',
  );
});

test('lets new pictures in at the top, but not under the eyes of who reads further down', async ({
  server,
  gallery,
}) => {
  const camera = server.addCamera('North orchard');
  const now = Date.now();
  await server.uploadAll(
    camera,
    Array.from({ length: 60 }, (_, i) => now - DAY_MS - i * 60_000),
  );
  await gallery.open(server.url);
  await expect(gallery.picture(0)).toHaveAccessibleName(/North orchard/);

  await server.upload(camera);
  await expect(gallery.page.getByRole('heading', { name: 'Today' })).toBeVisible();
  await expect(gallery.picture(0).locator('img[data-state="shown"]')).toBeVisible();
  await expect(gallery.page.getByText('New picture from North orchard')).toBeAttached();

  await gallery.wall.hover();
  await gallery.page.mouse.wheel(0, 700);
  await expect.poll(() => gallery.wall.evaluate((wall) => wall.scrollTop)).toBe(700);
  const looked = gallery.page.getByRole('link', {
    name: (await gallery.picture(30).getAttribute('aria-label')) ?? '',
  });
  const before = await looked.boundingBox();
  for (let i = 0; i < 3; i += 1) await server.upload(camera);
  const pill = gallery.page.getByRole('button', { name: '3 new pictures' });
  await expect(pill).toBeVisible();
  expect(await looked.boundingBox()).toEqual(before);

  await pill.click();
  await expect(pill).toBeHidden();
  await expect(gallery.page.getByText('4 pictures', { exact: true })).toBeVisible();
  await expect(gallery.page.getByRole('link', { name: 'North orchard 64 pictures' })).toBeVisible();
});

test('filters by camera, in the address', async ({ server, gallery }) => {
  const orchard = server.addCamera('North orchard');
  const harbour = server.addCamera('Harbour mast');
  for (let i = 0; i < 3; i += 1) await server.upload(orchard);
  await server.upload(harbour);

  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(4);
  await gallery.page.getByRole('link', { name: 'Harbour mast 1 picture' }).click();
  await expect(gallery.pictures).toHaveCount(1);
  await expect(gallery.page).toHaveURL(`${server.url}/?camera=${harbour.id}`);
  await expect(gallery.page).toHaveTitle('Harbour mast · Heliograph');

  // Others' pictures are counted, not shown.
  await server.upload(orchard);
  await expect(gallery.page.getByRole('link', { name: 'North orchard 4 pictures' })).toBeVisible();
  await expect(gallery.pictures).toHaveCount(1);

  await gallery.page.reload();
  await expect(gallery.pictures).toHaveCount(1);
  await gallery.page.goBack();
  await expect(gallery.pictures).toHaveCount(5);

  await gallery.page.goto(`${server.url}/?camera=7zzzzzzzzzzzz`);
  await expect(gallery.page.getByRole('heading', { name: 'There is no such camera' })).toBeVisible();
});

test('says when the server is gone, and finds it again', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(1);

  await server.stop();
  await expect(gallery.page.getByText('Reconnecting')).toBeVisible();
  await expect(gallery.pictures).toHaveCount(1);
  await gallery.page.getByRole('link', { name: 'North orchard 1 picture' }).click();
  await expect(gallery.page.getByRole('heading', { name: 'The server does not answer' })).toBeVisible();

  await server.start();
  await gallery.page.getByRole('button', { name: 'Try again' }).click();
  await expect(gallery.pictures).toHaveCount(1);
  await expect(gallery.live).toBeVisible();
});

test('fits a phone', async ({ server, gallery }) => {
  const camera = server.addCamera('A camera with quite a long name for a phone');
  // Of one day, whenever this runs: the first row is full.
  const newest = Date.parse('2024-11-21T22:00:00Z');
  await server.uploadAll(
    camera,
    Array.from({ length: 30 }, (_, i) => newest - i * HOUR_MS),
  );
  await gallery.page.setViewportSize({ width: 360, height: 740 });
  await gallery.open(server.url);
  await expect(gallery.picture(1)).toBeVisible();
  const width = await gallery.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(360);
  // Until the days have come, the rows may still be laid anew.
  await expect(async () => {
    const [first, second] = [await gallery.picture(0).boundingBox(), await gallery.picture(1).boundingBox()];
    expect(first?.x).toBe(12);
    expect(Math.round((second?.x ?? 0) + (second?.width ?? 0))).toBe(348);
  }).toPass({ timeout: 5_000 });
});

test('shows the colours of a picture while its thumbnail is on its way', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await expect
    .poll(async () =>
      (await (await page.request.get(`${server.url}/api/v1/images`)).text()).includes('placeholder'),
    )
    .toBe(true);
  const thumbnails = '**/thumbnails/**';
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(thumbnails, async (route) => {
    await held;
    await route.continue();
  });
  await gallery.open(server.url);
  const canvas = gallery.picture(0).locator('canvas');
  const opaque = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
      return pixels?.every((value, i) => i % 4 !== 3 || value === 255);
    });
  await expect.poll(opaque).toBe(true);
  letThrough();
  await expect(canvas).toHaveCount(0);
  await expect(gallery.picture(0).locator('img')).toHaveAttribute('data-state', 'shown');
});

test('an answer from before a picture came does not take it away for good', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/api/v1/histogram*', async (route) => {
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer });
  });
  await gallery.open(server.url);
  await server.upload(camera);
  await expect(page.getByRole('link', { name: /^North orchard/ })).toContainText('1');
  letThrough();
  await expect(gallery.pictures).toHaveCount(1);
});

test('keeps still: nothing moves without end, and no picture fades in', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  const now = Date.now();
  await server.uploadAll(
    camera,
    Array.from({ length: 80 }, (_, i) => now - i * 60_000),
  );
  await gallery.open(server.url);
  await expect(gallery.picture(0).locator('img[data-state="shown"]')).toBeVisible();
  await expect(gallery.page.locator('[role=status][data-state=live]')).toBeVisible();
  const moving = await gallery.wall.evaluate(async (wall) => {
    const seen = new Set<string>();
    for (let frame = 0; frame < 60; frame += 1) {
      wall.scrollTop += 30;
      await new Promise(requestAnimationFrame);
      for (const { effect } of document.getAnimations()) {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        const isEndless = effect?.getComputedTiming().endTime === Infinity;
        if (isEndless || target instanceof HTMLImageElement) seen.add(target?.outerHTML ?? '');
      }
    }
    return [...seen];
  });
  expect(moving).toEqual([]);
});
