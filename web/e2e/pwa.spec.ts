import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { workerRules } from './serviceWorker';
import { expect, test } from './test';

test.use({ serviceWorkers: 'allow' });

test('can be installed, by what Chromium asks for', async ({ server, gallery }) => {
  const { page } = gallery;
  await gallery.open(server.url);
  await workerRules(page);
  const chromium = await page.context().newCDPSession(page);
  const { errors } = await chromium.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await chromium.send('Page.getInstallabilityErrors');
  // A window of a test is one that keeps nothing: that is not the app's to change.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const manifest = (await (await page.request.get(`${server.url}/manifest.webmanifest`)).json()) as {
    icons: { src: string; sizes: string; type: string }[];
  };
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(server.url + src);
    expect(answer.headers()['content-type'], src).toBe(type);
    if (type !== 'image/png') continue;
    const header = await answer.body();
    // The size stands behind the first chunk's name.
    expect(`${header.readUInt32BE(16)}x${header.readUInt32BE(20)}`, src).toBe(sizes);
  }
});

test('opens without a server and says so, and shows nothing of anybody', async ({ server, gallery }) => {
  const { page } = gallery;
  await server.upload(server.addCamera('North orchard'));
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(1);
  await workerRules(page);
  await page.goto(`${server.url}/?page=fleet`);
  await expect(page.getByRole('link', { name: 'North orchard', exact: true })).toBeVisible();

  await server.stop();
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('The server does not answer');
  await expect(page.getByText('North orchard')).toHaveCount(0);
  await expect(page.locator('img')).toHaveCount(0);
  const kept = await page.evaluate(async () => {
    const caches = await Promise.all((await self.caches.keys()).map((name) => self.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/');
  expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);

  await server.start();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('link', { name: 'North orchard', exact: true })).toBeVisible();
});

test('gives way to the worker of a newer server, and says so', async ({ server, gallery }) => {
  const { page } = gallery;
  const upgrade = { done: false };
  const front = await inFrontOf(server.url, upgrade);
  try {
    await gallery.open(front.url);
    await workerRules(page);
    upgrade.done = true;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const news = page.getByText('The server has a newer version of this page', { exact: true });
    await expect(news.last()).toBeVisible();
    const caches = () => page.evaluate(() => self.caches.keys());
    await expect.poll(async () => (await caches()).length).toBe(1);
    expect((await caches())[0]).toContain('/favicon.svg');
  } finally {
    front.close();
  }
});

/** A server whose service worker, once it is upgraded, is that of a build with another file. */
async function inFrontOf(url: string, upgrade: { done: boolean }) {
  const proxy = createServer((asked, answer) => {
    const { method, headers, url: path = '/' } = asked;
    // Whole and plain: there is nothing to change in "as it was".
    const plain = { ...headers, 'accept-encoding': 'identity' };
    delete plain['if-none-match'];
    const passed = request(new URL(path, url), { method, headers: plain });
    passed.on('response', (reply) => {
      const changed = path === '/sw.js' && upgrade.done;
      const others = { ...reply.headers };
      delete others['content-length'];
      delete others.etag;
      answer.writeHead(reply.statusCode ?? 500, changed ? others : reply.headers);
      if (!changed) reply.pipe(answer);
      else
        void text(reply).then((code) =>
          answer.end(code.replaceAll('["/assets/', '["/favicon.svg","/assets/')),
        );
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
