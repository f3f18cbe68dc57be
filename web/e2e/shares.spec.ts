import type { Browser, Page } from '@playwright/test';
import { MARKUP } from './account';
import { chooseMore, signIn } from './entrance';
import { withCamera } from './live-camera';
import { expect, Gallery, test } from './test';

const HOUR_MS = 3_600_000;
const PASSWORD = 'green door';

test.use({ login: true });

/** Somebody without an account, at a browser of their own. */
async function stranger(browser: Browser, link: string): Promise<Gallery> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  return new Gallery(page);
}

/** Makes a link in the dialog that is open. */
async function makeLink(page: Page, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  const dialog = page.getByRole('dialog', { name: /^Share/ });
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const link = await dialog.locator('code').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  return link;
}

test('shares a picture, which a stranger sees and nothing else', async ({
  server,
  gallery,
  owner,
  browser,
}) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  await server.uploadFrom(orchard, Date.now() - HOUR_MS, 'lat_e7=482081000, lon_e7=163738000');
  await server.upload(orchard);
  await owner.get('/api/v1/session');
  await signIn(page, server.url, 'owner');
  await gallery.picture(1).click();
  await gallery.lightbox.getByRole('button', { name: 'Share this picture' }).click();
  const link = await makeLink(page, async (dialog) => {
    await dialog.getByLabel('Name').pressSequentially('For Ferdinand');
  });
  await expect(gallery.lightbox).toBeVisible();

  const guest = await stranger(browser, link);
  await expect(guest.page.getByText('For Ferdinand')).toBeVisible();
  const picture = guest.page.getByRole('img', { name: /^North orchard, / });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await expect(guest.page.getByText('48.2')).toHaveCount(0);
  await expect(guest.page.getByRole('button', { name: /Account/ })).toHaveCount(0);
  await expect(guest.page).toHaveURL(link);
  const [download] = await Promise.all([
    guest.page.waitForEvent('download'),
    guest.page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.jpg$/);

  // What the address is without the link.
  await guest.page.goto(server.url);
  await expect(guest.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await guest.page.context().close();
});

test('shares a day, with its pictures large and back again', async ({ server, gallery, owner, browser }) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  const noon = Date.parse('2026-03-10T11:00:00Z');
  await server.uploadAll(
    orchard,
    Array.from({ length: 30 }, (_, i) => noon + (i - 15) * 2 * HOUR_MS),
  );
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?camera=${orchard.id}`, 'owner');
  await page.getByRole('button', { name: 'Share Tuesday 10 March 2026' }).click();
  const link = await makeLink(page, async (dialog) => {
    await dialog.getByLabel('It lasts').selectOption('A day');
  });

  const guest = await stranger(browser, link);
  // By the day of whoever shared it, from midnight to midnight in Rome: eleven in the morning is noon.
  await expect(guest.pictures).toHaveCount(12);
  await expect(guest.page.getByText('North orchard, Tuesday 10 March 2026')).toBeVisible();
  await expect(guest.page.getByText('Shared with you until')).toBeVisible();
  await expect(guest.page.getByRole('button', { name: /Share/ })).toHaveCount(0);
  await guest.picture(3).click();
  await expect(guest.lightbox.getByText('North orchard', { exact: true })).toBeVisible();
  await expect(guest.lightbox.getByRole('link', { name: 'Download the original' })).toBeVisible();
  await guest.page.keyboard.press('Escape');
  await expect(guest.lightbox).toHaveCount(0);
  await expect(guest.picture(3)).toBeFocused();
  await expect(guest.page).toHaveURL(link);
  await guest.picture(0).click();
  await expect(guest.lightbox).toBeVisible();
  await guest.page.goBack();
  await expect(guest.lightbox).toHaveCount(0);
  await expect(guest.page).toHaveURL(link);
  await expect(guest.pictures).toHaveCount(12);
  await guest.page.context().close();
});

test('asks a stranger for the password, once', async ({ server, gallery, owner, browser }) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  await server.upload(orchard);
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?camera=${orchard.id}`, 'owner');
  await page.getByRole('button', { name: 'Share this camera' }).click();
  await page.getByRole('dialog').getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '8 to 256' })).toBeVisible();
  const link = await makeLink(page, async (dialog) => {
    await dialog.getByLabel('Password').fill(PASSWORD);
  });

  const guest = await stranger(browser, link);
  await expect(guest.page.getByRole('heading', { name: 'Somebody shared pictures with you' })).toBeVisible();
  const password = guest.page.getByLabel('Password', { exact: true });
  await password.fill('red door');
  await guest.page.getByRole('button', { name: 'Show them' }).click();
  await expect(guest.page.getByRole('alert')).toHaveText('This is not the password of this link.');
  await password.fill(PASSWORD);
  await guest.page.getByRole('button', { name: 'Show them' }).click();
  await expect(guest.pictures).toHaveCount(1);
  await guest.page.reload();
  await expect(guest.pictures).toHaveCount(1);

  await chooseMore(page, 'Shared links');
  const row = page.getByRole('list', { name: 'Shared links' }).getByRole('listitem');
  await expect(row).toContainText('asks for a password');
  await expect(row).toContainText('1 view,');
  await guest.page.context().close();
});

test('shows a camera’s newest picture as it changes, until the share is ended', async ({
  server,
  gallery,
  owner,
  browser,
}) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?camera=${orchard.id}`, 'owner');
  await page.getByRole('button', { name: 'Share this camera' }).click();
  const link = await makeLink(page, async (dialog) => {
    await dialog.getByLabel('It shows').selectOption('What it sees now, and its newest picture');
    await dialog.getByLabel('Name').fill(MARKUP);
  });

  const guest = await stranger(browser, link);
  await expect(guest.page.getByText(MARKUP)).toBeVisible();
  await expect(guest.page.getByText('North orchard has not sent a picture yet.')).toBeVisible();
  const picture = guest.page.getByRole('img', { name: /^North orchard, / });
  const shown = () => picture.getAttribute('src');
  const first = await server.upload(orchard);
  await expect.poll(shown).toContain(first.filename);
  const second = await server.upload(orchard);
  await expect.poll(shown).toContain(second.filename);

  await page.goto(`${server.url}/?page=shares`);
  await page.getByRole('button', { name: /^End / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('Nothing is shared.')).toBeVisible();
  // Nobody touches the page.
  await expect(guest.page.getByRole('heading', { name: 'Nothing to see here' })).toBeVisible();
  await expect(picture).toHaveCount(0);
  expect(await page.title()).not.toBe('run');
  expect(await guest.page.title()).not.toBe('run');
  await guest.page.context().close();
});

test('shows a camera as it is now, what it sent last while it is away, and nothing once the share is ended', async ({
  server,
  gallery,
  owner,
  browser,
}) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  const stored = await server.upload(orchard);
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?camera=${orchard.id}`, 'owner');
  await page.getByRole('button', { name: 'Share this camera' }).click();
  const link = await makeLink(page, async (dialog) => {
    await dialog.getByLabel('It shows').selectOption('What it sees now, and its newest picture');
  });
  const guest = await stranger(browser, link);
  const live = guest.page.getByRole('img', { name: 'North orchard as it is now' });
  const picture = guest.page.getByRole('img', { name: /^North orchard, / });
  await expect(picture).toHaveAttribute('src', new RegExp(stored.filename));
  await expect(live).toBeHidden();

  await withCamera(server, orchard, async () => {
    await expect(live).toBeVisible();
    await expect(picture).toHaveCount(0);
    const drawn = () => live.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await drawn();
    await expect.poll(drawn).not.toBe(first);
  });
  await expect(picture).toBeVisible();
  await expect(live).toBeHidden();

  await withCamera(server, orchard, async () => {
    await expect(live).toBeVisible();
    await page.goto(`${server.url}/?page=shares`);
    await page.getByRole('button', { name: /^End / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    // Nobody touches the page.
    await expect(guest.page.getByRole('heading', { name: 'Nothing to see here' })).toBeVisible({
      timeout: 15_000,
    });
    await expect(live).toHaveCount(0);
  });
  await guest.page.context().close();
});

test('a link that leads nowhere says no more than that', async ({ server, browser, owner }) => {
  await owner.get('/api/v1/session');
  for (const token of ['shr_x', `shr_${'0'.repeat(36)}`]) {
    const guest = await stranger(browser, `${server.url}/#share=${token}`);
    await expect(guest.page.getByRole('heading', { name: 'Nothing to see here' })).toBeVisible();
    await guest.page.context().close();
  }
});

test('a viewer is offered no sharing', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  await server.upload(orchard);
  const viewer = await owner.add(server, 'maria', { group: null, role: 'viewer' });
  await viewer.forget();
  await signIn(page, `${server.url}/?camera=${orchard.id}`, 'maria');
  await gallery.picture(0).click();
  await expect(gallery.lightbox).toBeVisible();
  await expect(page.getByRole('button', { name: /Share/ })).toHaveCount(0);
  await page.goto(`${server.url}/?page=shares`);
  await expect(page.getByRole('heading', { name: 'Only for operators' })).toBeVisible();
});
