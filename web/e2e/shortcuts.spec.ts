import { looksSound } from './look';
import { expect, test } from './test';

test('two keys lead to a page, and one to the sheet of them all', async ({ server, gallery }) => {
  const { page } = gallery;
  server.addCamera('Weir');
  await gallery.open(server.url);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeVisible();
  // In a field they are letters.
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Search').pressSequentially('gm');
  await expect(page.getByLabel('Search')).toHaveValue('gm');
  await page.getByLabel('Search').blur();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(sheet).toContainText('Shared links');
  await looksSound(page, 'shortcuts');
  // What is open is answered first.
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/page=wall/);
  // f was the fleet's above, and fills no screen.
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL(/page=fleet/);
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
});

test('a camera that falls silent is told of wherever one is', async ({ server, gallery }) => {
  const { page } = gallery;
  server.addCamera('Weir');
  const asOf = { presence: 'online' };
  await page.route('**/api/v1/cameras', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('"presence":"unknown"', `"presence":"${asOf.presence}"`);
    await route.fulfill({ response: answer, body });
  });
  await page.clock.install();
  const toldOnce = page.waitForResponse('**/api/v1/cameras');
  await page.goto(`${server.url}/?page=storage`);
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
  await (await toldOnce).finished();
  await page.clock.runFor(1_000);
  asOf.presence = 'silent';
  await page.clock.runFor(61_000);
  await expect(page.getByText('Weir fell silent', { exact: true })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('Weir fell silent. Look: F8');
  // Whoever is on it is not hurried.
  await page.keyboard.press('F8');
  await looksSound(page, 'toast');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/camera=/);
});
