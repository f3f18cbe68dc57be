// What stands there before the program does: on a slow line, most of what somebody waits for.
import type { Route } from '@playwright/test';
import { expect, test } from './test';

const PROGRAM = /\/assets\/program-.*\.js$/;
const SIZES = { desk: { width: 1280, height: 720 }, phone: { width: 390, height: 844 } };

for (const [name, size] of Object.entries(SIZES))
  test(`draws the first pictures where the gallery then has them, before the program is there: ${name}`, async ({
    server,
    gallery,
  }) => {
    const { page } = gallery;
    await page.setViewportSize(size);
    const camera = server.addCamera('North orchard');
    for (let i = 0; i < 5; i += 1) await server.upload(camera);
    await gallery.open(server.url);
    await expect(gallery.wall.locator('img[data-state=shown]')).toHaveCount(5);

    const held: Route[] = [];
    let letIn = false;
    await page.route(PROGRAM, (route) => (letIn ? route.continue() : void held.push(route)));
    await page.reload({ waitUntil: 'commit' });
    const early = page.locator('.first-look-wall img');
    await expect(early).toHaveCount(5);
    await expect
      .poll(() =>
        early.evaluateAll((all) =>
          all.every((one) => one instanceof HTMLImageElement && one.naturalWidth > 0),
        ),
      )
      .toBe(true);
    const places = () =>
      page
        .locator('.first-look-wall img, [data-testid=wall] li')
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();
    letIn = true;
    for (const route of held) await route.continue();
    await expect(gallery.pictures).toHaveCount(5);
    await expect(early).toHaveCount(0);
    expect(await places()).toEqual(before);
  });

test('asks the server for each thing once', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(1);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/') && pathname !== '/api/v1/changes') asked.push(pathname + search);
  });
  await page.reload();
  await expect(gallery.pictures).toHaveCount(1);
  const first = ['/api/v1/session', '/api/v1/cameras', '/api/v1/histogram', '/api/v1/images?limit=100'];
  expect(asked.slice(0, 4)).toEqual(first);
  expect(new Set(asked).size, asked.join('\n')).toBe(asked.length);
});

test('fetches what another page needs before the program is there, and once', async ({ server, gallery }) => {
  const { page } = gallery;
  server.addCamera('North orchard');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let letRun: (() => void) | undefined;
  const mayRun = new Promise<void>((resolve) => (letRun = resolve));
  await page.route(PROGRAM, async (route) => {
    await mayRun;
    await route.continue();
  });
  await page.goto(`${server.url}/?page=fleet`, { waitUntil: 'commit' });
  const pieces = [
    /^\/assets\/FleetPage-.*\.js$/,
    /^\/assets\/FleetPage-.*\.css$/,
    /^\/assets\/shared-.*\.js$/,
  ];
  const early = [...pieces, /^\/api\/v1\/session$/, /^\/api\/v1\/fleet$/];
  const count = (what: RegExp) => asked.filter((path) => what.test(path)).length;
  await expect.poll(() => early.map(count)).toEqual(early.map(() => 1));
  letRun?.();
  await expect(page.getByRole('link', { name: 'North orchard', exact: true })).toBeVisible();
  expect(pieces.map(count)).toEqual(pieces.map(() => 1));
});

test('shows a reader of the light page no dark one', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.addInitScript(() => localStorage.setItem('heliograph.theme', 'light'));
  await page.route(PROGRAM, () => undefined);
  await page.goto(server.url, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});
