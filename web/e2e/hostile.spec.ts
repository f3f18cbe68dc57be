import { picture } from './pictures';
import { Stranger } from './stranger';
import { expect, test as base, type Gallery } from './test';
import type { TestCamera, TestServer } from './server';

// Each would say so if it ran; and whatever the policy of the page stops is a fault of the fixture `gallery`.
const MARKUP = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  '<svg onload=alert(3)>',
  "javascript:alert(4)//'",
  '{{7*7}}${7*7}<%=7*7%>',
];
const SCRIPT = '<html><body><script>document.title="it ran";alert(5)</script><svg onload=alert(6)>';

const test = base.extend<{ stranger: Stranger; silence: undefined }>({
  // eslint-disable-next-line no-empty-pattern
  stranger: async ({}, use) => {
    const stranger = new Stranger();
    await stranger.start();
    await use(stranger);
    await stranger.stop();
  },
  silence: [
    async ({ context }, use) => {
      const said: string[] = [];
      context.on('dialog', (dialog) => {
        said.push(dialog.message());
        void dialog.dismiss();
      });
      await use(undefined);
      expect(said).toEqual([]);
    },
    { auto: true },
  ],
});

async function send(server: TestServer, camera: TestCamera, body: Buffer<ArrayBuffer>): Promise<Response> {
  return fetch(`${server.url}/upload`, {
    method: 'POST',
    headers: { 'X-API-Key': camera.key, Accept: 'application/json' },
    body,
  });
}

/** What the page holds that only markup out of a text can have put there. */
async function foreignElements({ page }: Gallery): Promise<number> {
  return page.locator('img[src="x"], [onerror], [onload], script:not([src])').count();
}

test.describe('markup', () => {
  for (const name of MARKUP) {
    test(`as a camera's name is a name: ${name}`, async ({ server, gallery }) => {
      const camera = server.addCamera(name);
      await server.upload(camera);
      await gallery.open(`${server.url}/?camera=${camera.id}`);
      await expect(gallery.page.getByRole('link', { name: `${name} 1 picture`, exact: true })).toBeVisible();
      await expect(gallery.page).toHaveTitle(`${name} · Heliograph`);
      await server.upload(camera);
      await expect(gallery.page.getByText(`New picture from ${name}`)).toBeAttached();
      await gallery.picture(0).click();
      await expect(gallery.lightbox.getByText(name)).toBeVisible();
      expect(await foreignElements(gallery)).toBe(0);
    });
  }

  test('in what the server says is text', async ({ server, gallery }) => {
    const camera = server.addCamera('North orchard');
    await server.upload(camera);
    const detail = MARKUP.join(' ');
    const problem = { type: 'about:blank', title: MARKUP[0], status: 400, detail };
    await gallery.page.route('**/api/v1/histogram*', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify(problem),
      }),
    );
    await gallery.page.goto(server.url);
    await expect(gallery.page.getByText(detail)).toBeVisible();
    expect(await foreignElements(gallery)).toBe(0);
  });

  test('in an address is repeated as text, and in no page', async ({ server, gallery }) => {
    for (const where of ['/', '/uploads/', '/api/v1/images/', '/api/v1/quarantine/']) {
      for (const name of [
        '<img src=x onerror=alert(1)>',
        '<script>alert(2)<script>',
        '<svg onload=alert(3)>.html',
      ]) {
        await gallery.page.goto(server.url + where + encodeURIComponent(name));
        expect(await gallery.page.evaluate(() => document.contentType)).toBe('application/problem+json');
        await expect(gallery.page.getByText(name)).toBeVisible();
        expect(await foreignElements(gallery)).toBe(0);
      }
    }
  });
});

test('a picture that is a page as well is only a picture', async ({ server, page }) => {
  const camera = server.addCamera('North orchard');
  const answer = await send(server, camera, picture(1, SCRIPT));
  const { filename } = (await answer.json()) as { filename: string };
  for (const where of ['/uploads/', '/thumbnails/']) {
    await page.goto(server.url + where + filename);
    expect(await page.evaluate(() => document.contentType)).toBe('image/jpeg');
    await expect(page).not.toHaveTitle('it ran');
    const asPage = await fetch(`${server.url}${where}${filename.replace('.jpg', '.html')}`);
    expect(asPage.status).toBe(404);
  }
});

test('what was refused as a picture is only ever saved', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  expect((await send(server, camera, Buffer.from(SCRIPT))).status).toBe(422);
  const list = `${server.url}/api/v1/cameras/${camera.id}/quarantine`;
  let id: string | undefined;
  await expect
    .poll(async () => {
      const { quarantine } = (await (await fetch(list)).json()) as { quarantine: { id: string }[] };
      id = quarantine[0]?.id;
      return id;
    })
    .toBeDefined();
  await gallery.page.goto(server.url);
  const download = gallery.page.waitForEvent('download');
  await gallery.page.evaluate((to) => {
    window.location.href = to;
  }, `/api/v1/quarantine/${id}/bytes`);
  expect((await download).suggestedFilename()).toMatch(/\.bin$/);
  await expect(gallery.page).toHaveTitle('Heliograph');
});

test.describe('another site', () => {
  for (const element of ['iframe src', 'object data', 'embed src']) {
    test(`cannot show the gallery in its own: ${element.split(' ')[0]}`, async ({
      server,
      stranger,
      page,
    }) => {
      const camera = server.addCamera('North orchard');
      const { filename } = await server.upload(camera);
      const harmless = stranger.show('/own', '<p>a page that lets itself be framed</p>');
      const framed = [harmless, `${server.url}/`, `${server.url}/uploads/${filename}`];
      const frames = framed.map(
        (url) => `<${element}="${url}" width="400" height="300"></${element.split(' ')[0]}>`,
      );
      await page.goto(stranger.show('/', frames.join('')));
      const shown = () =>
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url());
      await expect.poll(shown).toContain(harmless);
      await page.waitForLoadState('networkidle');
      expect(shown().filter((url) => url.startsWith(server.url))).toEqual([]);
    });
  }

  test('cannot load its pictures', async ({ server, stranger, page }) => {
    const { filename } = await server.upload(server.addCamera('North orchard'));
    const src = `${server.url}/uploads/${filename}`;
    const width = () => page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
    await page.goto(stranger.show('/', `<img src="${src}">`));
    await page.waitForLoadState('networkidle');
    expect(await width()).toBe(0);
    await page.goto(`${server.url}/favicon.svg`);
    await page.goto(server.url);
    await expect(page.getByTestId('wall')).toBeVisible();
    await page.evaluate((url) => (document.body.innerHTML = `<img src="${url}">`), src);
    await expect.poll(width).toBe(160);
  });

  test('can read no answer and change nothing', async ({ server, stranger, page }) => {
    const { id } = await server.upload(server.addCamera('North orchard'));
    const starred = async () => {
      const { image } = (await (await fetch(`${server.url}/api/v1/images/${id}`)).json()) as {
        image: { starred: boolean };
      };
      return image.starred;
    };
    const ask = (url: string, method: string) =>
      page.evaluate(
        ([to, how]) =>
          fetch(to ?? '', { method: how ?? '' }).then(
            () => 'answered',
            () => 'refused',
          ),
        [url, method],
      );
    const star = `${server.url}/api/v1/images/${id}/star`;
    await page.goto(stranger.show('/', '<p>elsewhere</p>'));
    expect(await ask(`${server.url}/api/v1/cameras`, 'GET')).toBe('refused');
    expect(await ask(star, 'PUT')).toBe('refused');
    expect(await starred()).toBe(false);
    await page.goto(server.url);
    expect(await ask(star, 'PUT')).toBe('answered');
    expect(await starred()).toBe(true);
  });

  test('that opens it cannot reach into it', async ({ server, stranger, page, context }) => {
    await page.goto(stranger.show('/', '<p>elsewhere</p>'));
    const opened = context.waitForEvent('page');
    await page.evaluate((url) => {
      (window as { other?: Window | null }).other = window.open(url);
    }, server.url);
    const gallery = await opened;
    await expect(gallery).toHaveTitle('Heliograph');
    expect(await gallery.evaluate(() => window.opener === null)).toBe(true);
    expect(await page.evaluate(() => (window as { other?: Window }).other?.closed)).toBe(true);
  });
});
