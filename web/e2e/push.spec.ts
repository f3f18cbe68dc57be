// What is pushed, and where a click on it leads, in the real service worker.
import type { Page } from '@playwright/test';
import { pressNotice, pushTo, shownNotices } from './notices';
import { workerRules } from './serviceWorker';
import { expect, test } from './test';

const SHOWN_WITHIN = { timeout: 3_000 };

/** Chromium forgets a notification about which it is asked in the moment in which it is shown. */
async function pushUntilShown(page: Page, message: string, shown: readonly object[]): Promise<void> {
  await expect(async () => {
    await pushTo(page, message);
    await expect.poll(() => shownNotices(page), SHOWN_WITHIN).toEqual(shown);
  }).toPass();
}

test.use({ serviceWorkers: 'allow', permissions: ['notifications'] });

test('shows what is pushed, puts what is over in its place, and leads there', async ({ server, gallery }) => {
  const { page } = gallery;
  const { id } = server.addCamera('Weir');
  await gallery.open(server.url);
  await workerRules(page);
  const told = {
    title: 'Weir fell silent',
    body: 'Nothing was heard of it for 3 hours.',
    kind: 'silent',
    state: 'open',
    camera_id: id,
    url: `/?page=camera&camera=${id}`,
    tag: `silent ${id}`,
    at: Date.now(),
  };
  await pushTo(page, JSON.stringify(told));
  const open = { title: told.title, body: told.body, tag: told.tag, silent: false, data: told.url };
  await expect.poll(() => shownNotices(page)).toEqual([open]);
  await pushTo(page, JSON.stringify({ ...told, title: 'Weir is back', body: '', state: 'over' }));
  await expect
    .poll(() => shownNotices(page))
    .toEqual([{ ...open, title: 'Weir is back', body: '', silent: true }]);

  await pressNotice(page, told.tag);
  await expect(page).toHaveURL(`${server.url}${told.url}`);
  await expect(page.getByRole('heading', { name: 'Weir' })).toBeVisible();
  expect(await shownNotices(page)).toEqual([]);
});

test('shows something harmless for what is no message, and leads nowhere else', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  await gallery.open(server.url);
  await workerRules(page);
  const harmless = {
    title: 'Heliograph',
    body: 'There is news of your cameras.',
    tag: 'heliograph',
    silent: false,
    data: '/?page=alerts',
  };
  for (const message of ['', '<b>', '{"url":"https://evil.example/"}']) {
    await pushUntilShown(page, message, [harmless]);
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      for (const one of await registration.getNotifications()) one.close();
    });
    await expect.poll(() => shownNotices(page), message).toEqual([]);
  }
  const shown = { ...harmless, title: 'x', body: '', tag: 'x', data: '/?page=alerts' };
  await pushUntilShown(page, '{"title":"x","url":"//evil.example/","tag":"x"}', [shown]);
  await pressNotice(page, 'x');
  await expect(page.getByRole('heading', { name: 'Alerts' })).toBeVisible();
});
