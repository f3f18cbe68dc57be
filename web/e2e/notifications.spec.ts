// This browser is told of alerts: the account page and the service worker with the real server, and a push service of
// the test's own, for none can be reached from here. Only that the browser subscribes there is made up.
import type { Locator, Page } from '@playwright/test';
import type { Push } from '../src/api/push';
import { choose, signIn, signOut } from './entrance';
import { looksSound } from './look';
import { pressNotice, pushTo, shownNotices } from './notices';
import { PushService } from './pushService';
import { TestServer } from './server';
import { expect, test as base } from './test';

const test = base.extend<{ farm: { service: PushService; server: TestServer }; service: PushService }>({
  farm: async ({ login }, use) => {
    const service = await PushService.start();
    const server = new TestServer({ login, config: service.config() });
    try {
      await server.start();
      await use({ service, server });
    } finally {
      await server.remove();
      service.end();
    }
  },
  service: async ({ farm }, use) => use(farm.service),
  server: async ({ farm }, use) => use(farm.server),
});
test.use({ login: true, serviceWorkers: 'allow', permissions: ['notifications'] });

/** In the page or its worker: a browser that can be subscribed, each time at another address. */
function subscribable({ origin, keys }: { origin: string; keys: { p256dh: string; auth: string } }): void {
  const bytes = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const STORE = 'subscribed in the test';
  const made = (endpoint: string, key: string) => ({
    endpoint,
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => caches.delete(STORE),
  });
  Object.assign(PushManager.prototype, {
    async getSubscription() {
      const kept = await (await caches.open(STORE)).match('/');
      return kept ? made(...((await kept.json()) as [string, string])) : null;
    },
    async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
      const endpoint = `${origin}/${crypto.randomUUID()}`;
      const store = await caches.open(STORE);
      await store.put('/', Response.json([endpoint, applicationServerKey]));
      return made(endpoint, applicationServerKey);
    },
  });
}

const panel = (page: Page) => page.getByRole('region', { name: 'Notifications' });

/** A kind that is no longer told. What is shown follows the click by a moment, for which `uncheck` does not wait. */
async function takeOut(where: Locator, kind: string): Promise<void> {
  const box = where.getByRole('checkbox', { name: kind });
  await box.click();
  await expect(box).not.toBeChecked();
}

test('this browser is told, says what came of a try, and is told nothing once nobody is signed in', async ({
  server,
  service,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  const known = async () => (await owner.get<Push>('/api/v1/push')).subscriptions;
  await page.addInitScript(subscribable, { origin: service.origin, keys: service.keys() });
  await signIn(page, server.url, 'owner');
  await choose(page, 'owner', 'Your account');
  const here = panel(page);
  await expect(here).toContainText('This browser is told nothing.');
  await here.getByRole('button', { name: 'Switch on' }).click();
  await expect(here.getByRole('checkbox', { name: 'A camera falls silent' })).toBeChecked();
  await expect(here.getByRole('list')).toContainText('this browser');
  await looksSound(page, 'notifications');

  await here.getByRole('button', { name: 'Try it' }).click();
  await expect(here.getByText('Sent: it should be on the screen in a moment.')).toBeVisible();
  // What the server sent is what the worker shows.
  // Again, should it find the worker between two lives, as a service does.
  await expect(async () => {
    await pushTo(page, service.messages.at(-1) ?? '');
    await expect
      .poll(() => shownNotices(page), { timeout: 3_000 })
      .toMatchObject([{ title: 'Heliograph can tell you', tag: 'trial' }]);
  }).toPass();
  await page.goto(`${server.url}/?page=fleet`);
  await pressNotice(page, 'trial');
  await expect(here).toContainText('It is told when');

  await takeOut(here, 'A camera’s clock is wrong');
  await expect.poll(async () => (await known())[0]?.kinds).not.toContain('clock');
  service.status = 500;
  await here.getByRole('button', { name: 'Try it' }).click();
  await expect(here.getByText(/^It was not sent: .*500/)).toBeVisible();
  await expect(here.getByRole('list')).toContainText('It could not be told');
  // The service does not know it any more.
  service.status = 410;
  await here.getByRole('button', { name: 'Try it' }).click();
  await expect(here).toContainText('This browser is told nothing.');
  service.status = 201;
  await here.getByRole('button', { name: 'Switch on' }).click();
  await expect(here.getByRole('listitem')).toHaveCount(1);

  await here.getByRole('button', { name: 'Switch off' }).click();
  await expect(here).toContainText('This browser is told nothing.');
  await expect.poll(known).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(here.getByRole('checkbox', { name: 'A camera falls silent' })).toBeChecked();
  await expect.poll(async () => (await known()).length).toBe(1);
  await signOut(page, 'owner');
  expect(await known()).toEqual([]);
});

test('subscribes again when the server has another key, and when the browser gives its subscription up', async ({
  server,
  service,
  gallery,
  owner,
  context,
}) => {
  const { page } = gallery;
  const ids = async () => (await owner.get<Push>('/api/v1/push')).subscriptions.map(({ id }) => id);
  const browser = { origin: service.origin, keys: service.keys() };
  await page.addInitScript(subscribable, browser);
  await signIn(page, server.url, 'owner');
  await page.evaluate(async () => {
    // As if it had been switched on for a server whose data are gone.
    const { pushManager } = await navigator.serviceWorker.ready;
    await pushManager.subscribe({ applicationServerKey: 'AQID' });
  });
  await choose(page, 'owner', 'Your account');
  await expect(panel(page)).toContainText('The server has another key');
  await panel(page).getByRole('button', { name: 'Switch on' }).click();
  await takeOut(panel(page), 'A camera falls silent');
  await expect.poll(async () => (await ids()).length).toBe(1);
  const [before] = await ids();

  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error('there is no worker');
  await worker.evaluate(subscribable, browser);
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { ExtendableEvent: new (type: string) => Event };
    globalThis.dispatchEvent(new scope.ExtendableEvent('pushsubscriptionchange'));
  });
  await expect.poll(async () => (await ids()).some((id) => id !== before)).toBe(true);
  await expect.poll(async () => (await ids()).length).toBe(1);
  await page.reload();
  // It is the same browser, and told the same.
  await expect(panel(page).getByRole('checkbox', { name: 'A camera falls silent' })).not.toBeChecked();
  await expect(panel(page).getByRole('list')).toContainText('this browser');
});
