// The ways to all places: the rail beside the page, and the bar below it on a phone.
import type { Locator, Page } from '@playwright/test';
import { chooseMore, menuButton, signIn } from './entrance';
import { looksSound } from './look';
import { openAlert } from './openAlert';
import type { TestServer } from './server';
import { expect, test } from './test';

const HOUR_MS = 3_600_000;
const TOUCH_PX = 44;
const PHONE = { width: 390, height: 844 };

const nav = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const way = (page: Page, name: string) => nav(page).getByRole('link', { name, exact: true });
const more = (page: Page) => nav(page).getByRole('button', { name: 'More' });

/** Every place in sight on a desk, and what stands there. */
const PLACES: readonly [name: string, there: (page: Page) => Locator][] = [
  ['Fleet', (page) => page.getByRole('heading', { name: 'Fleet' })],
  ['Alerts', (page) => page.getByRole('heading', { name: 'Alerts' })],
  ['Map', (page) => page.getByRole('heading', { name: 'Map', exact: true })],
  ['Time machine', (page) => page.getByRole('heading', { name: 'Time machine' })],
  ['Wall', (page) => page.getByLabel('Next page after')],
  ['Storage', (page) => page.getByRole('heading', { name: 'Storage' })],
  ['Cameras', (page) => page.getByRole('heading', { name: 'Cameras', level: 2 })],
  ['Pictures', (page) => page.getByTestId('wall')],
];
const BEHIND_MORE = ['Shared links', 'Trash', 'Firmware', 'Flash a board', 'Server'];

async function anAlbum(server: TestServer) {
  const camera = server.addCamera('North orchard');
  const newest = Date.parse('2024-11-21T22:00:00Z');
  await server.uploadAll(
    camera,
    Array.from({ length: 40 }, (_, i) => newest - i * HOUR_MS),
  );
  return camera;
}

test('a rail leads everywhere, by keyboard, and nothing moves on the way', async ({ server, gallery }) => {
  const { page } = gallery;
  await anAlbum(server);
  await gallery.open(server.url);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  const rail = await way(page, 'Pictures').boundingBox();
  const header = await page.getByRole('banner').boundingBox();
  for (const [name, there] of PLACES) {
    await way(page, name).focus();
    await page.keyboard.press('Enter');
    await expect(there(page)).toBeVisible();
    await expect(way(page, name)).toHaveAttribute('aria-current', 'page');
    await expect(way(page, name)).toBeFocused();
    await expect(nav(page).locator('[aria-current]').filter({ visible: true })).toHaveCount(1);
    expect(await way(page, 'Pictures').boundingBox()).toEqual(rail);
    expect((await page.getByRole('banner').boundingBox())?.height, name).toBe(header?.height);
  }

  await way(page, 'Cameras').focus();
  for (const name of BEHIND_MORE) {
    await more(page).focus();
    await page.keyboard.press('Enter');
    // What the rail has is not said twice.
    await expect(page.getByRole('list', { name: 'More' }).getByRole('link')).toHaveText(BEHIND_MORE);
    await page.getByRole('list', { name: 'More' }).getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'More' })).toBeHidden();
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  }
  // The browser's Back closes it as well.
  await more(page).click();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Flash a board' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'More' })).toBeHidden();
});

test('a bar leads everywhere on a phone, by touch', async ({ server, browser }) => {
  await anAlbum(server);
  const phone = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true });
  const page = await phone.newPage();
  await page.goto(server.url);
  await expect(page.getByTestId('wall').locator('[data-index="0"]')).toBeVisible();
  await expect(nav(page).getByRole('link')).toHaveText(['Pictures', 'Fleet', 'Alerts', 'Map']);
  for (const target of [...(await nav(page).getByRole('link').all()), more(page)]) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TOUCH_PX);
  }
  for (const [name, there] of PLACES) {
    if (await way(page, name).isVisible()) await way(page, name).tap();
    else {
      await more(page).tap();
      await page.getByRole('list', { name: 'More' }).getByRole('link', { name, exact: true }).tap();
    }
    await expect(there(page)).toBeVisible();
    await expect(page.getByRole('list', { name: 'More' })).toBeHidden();
  }
  for (const name of BEHIND_MORE) {
    await chooseMore(page, name);
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  }
  await more(page).tap();
  await expect(page.getByRole('list', { name: 'More' })).toBeVisible();
  await more(page).tap();
  await expect(page.getByRole('list', { name: 'More' })).toBeHidden();
  await phone.close();
});

test('the bar is in nobody’s way', async ({ server, gallery }) => {
  const { page } = gallery;
  await anAlbum(server);
  await page.setViewportSize(PHONE);
  await gallery.open(server.url);
  await expect(gallery.picture(0).locator('img[data-state="shown"]')).toBeVisible();
  const top = async () => (await nav(page).boundingBox())?.y ?? 0;
  // A picture takes the place of its placeholder, and a message glides to its own.
  const isAbove = async (what: Locator) =>
    await expect
      .poll(async () => {
        const box = await what.boundingBox();
        return box !== null && box.y + box.height <= (await top());
      })
      .toBe(true);

  await gallery.picture(0).focus();
  await page.keyboard.press('End');
  await expect(gallery.picture(39)).toBeFocused();
  await expect(gallery.picture(39).locator('img[data-state="shown"]')).toBeVisible();
  await isAbove(gallery.picture(39));
  await page.keyboard.press('x');
  const selected = page.getByRole('region', { name: 'Selected pictures' });
  await expect(selected).toContainText('1 selected');
  await isAbove(selected);
  await looksSound(page, 'selection');
  await page.setViewportSize(PHONE);
  await selected.getByRole('button', { name: 'Star', exact: true }).click();
  const said = gallery.messages.getByText('1 picture starred.');
  await expect(said).toBeVisible();
  await isAbove(said);

  await more(page).click();
  await expect(page.getByRole('list', { name: 'More' })).toBeVisible();
  await looksSound(page, 'more');
});

test('Alerts says how many are open, once the pictures are there', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('Weir');
  await server.upload(camera);
  await openAlert(server, camera);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await gallery.open(server.url);
  await expect(gallery.picture(0).locator('img[data-state="shown"]')).toBeVisible();
  await expect(nav(page).getByRole('link', { name: 'Alerts: 1 open' })).toBeVisible();
  const place = (path: string) => asked.findIndex((one) => one.startsWith(path));
  expect(place('/api/v1/alerts')).toBeGreaterThan(place('/thumbnails/'));
  await looksSound(page, 'alerts-open');
});

test('a wall that fills the screen has nothing beside it', async ({ server, gallery }) => {
  const { page } = gallery;
  await server.upload(server.addCamera('Weir'));
  await page.goto(`${server.url}/?page=wall`);
  const leave = page.getByRole('link', { name: 'Leave the wall' });
  await expect(nav(page)).toBeVisible();
  await expect(leave).toBeHidden();
  await page.getByRole('button', { name: 'Full screen (f)' }).click();
  await expect(nav(page)).toBeHidden();
  await leave.click();
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeVisible();
  await expect(nav(page)).toBeVisible();
});

test.describe('with a login', () => {
  test.use({ login: true });

  test('leads only where somebody may go', async ({ server, gallery, owner }) => {
    const { page } = gallery;
    await anAlbum(server);
    await (await owner.add(server, 'maria', { group: null, role: 'viewer' })).forget();
    await (await owner.add(server, 'nobody')).forget();
    await signIn(page, server.url, 'maria');
    await expect(way(page, 'Storage')).toBeVisible();
    await expect(way(page, 'Cameras')).toHaveCount(0);
    await expect(more(page)).toBeHidden();
    await page.setViewportSize(PHONE);
    await more(page).click();
    await expect(page.getByRole('list', { name: 'More' }).getByRole('link')).toHaveText([
      'Time machine',
      'Wall',
      'Storage',
    ]);

    await page.context().clearCookies();
    await signIn(page, server.url, 'nobody');
    await expect(page.getByRole('heading', { name: 'No camera for you yet' })).toBeVisible();
    await expect(nav(page)).toHaveCount(0);
    await menuButton(page, 'nobody').click();
    await expect(page.getByRole('navigation', { name: 'Account' }).getByRole('link')).toHaveText([
      'Your account',
    ]);
  });
});
