import { readFileSync } from 'node:fs';
import { looksSound } from './look';
import type { TestServer } from './server';
import { expect, test, type Gallery } from './test';

const HOUR_MS = 3_600_000;
const NOON = Date.parse('2024-11-22T12:00:00Z');

/** Eight pictures an hour apart, the newest at eight in the evening in Rome. */
async function anAlbum(server: TestServer) {
  const camera = server.addCamera('North orchard');
  await server.uploadAll(
    camera,
    Array.from({ length: 8 }, (_, i) => NOON + i * HOUR_MS),
  );
}

const bar = ({ page }: Gallery) => page.getByRole('region', { name: 'Selected pictures' });
const circle = ({ page }: Gallery, time: string) =>
  page.getByRole('checkbox', { name: new RegExp(`${time}:00:00$`) });

test('throws pictures away, which every browser sees, and takes it back', async ({
  server,
  gallery,
  context,
}) => {
  await anAlbum(server);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(8);
  const other = await context.newPage();
  await other.goto(server.url);
  await expect(other.getByTestId('wall').getByRole('link')).toHaveCount(8);

  await gallery.picture(1).hover();
  await circle(gallery, '19').click();
  await expect(bar(gallery)).toContainText('1 selected');
  await gallery.picture(2).click();
  await expect(bar(gallery)).toContainText('2 selected');
  await bar(gallery).getByRole('button', { name: 'Move to the trash' }).click();
  await expect(gallery.pictures).toHaveCount(6);
  await expect(bar(gallery)).toBeHidden();
  await expect(gallery.messages.getByText('2 pictures moved to the trash.')).toBeVisible();
  await expect(other.getByTestId('wall').getByRole('link')).toHaveCount(6);

  await gallery.page.getByRole('button', { name: 'Undo' }).click();
  await expect(gallery.pictures).toHaveCount(8);
  await expect(other.getByTestId('wall').getByRole('link')).toHaveCount(8);
  await expect(gallery.page.getByRole('button', { name: 'Undo' })).toBeHidden();
});

test('selects with ranges, keys, days and all', async ({ server, gallery }) => {
  await anAlbum(server);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(8);
  await gallery.picture(1).hover();
  await circle(gallery, '19').click();
  await gallery.picture(5).click({ modifiers: ['Shift'] });
  await expect(bar(gallery)).toContainText('5 selected');
  await gallery.page.keyboard.press('Escape');
  await expect(bar(gallery)).toBeHidden();

  await gallery.picture(0).focus();
  await gallery.page.keyboard.press('x');
  await expect(bar(gallery)).toContainText('1 selected');
  await gallery.page.keyboard.press('Shift+ArrowRight');
  await gallery.page.keyboard.press('Shift+ArrowRight');
  await expect(bar(gallery)).toContainText('3 selected');
  await bar(gallery).getByRole('button', { name: 'Select all that are shown' }).click();
  await expect(bar(gallery)).toContainText('8 selected');
  await bar(gallery).getByRole('button', { name: 'Select nothing' }).click();
  await gallery.page.getByRole('button', { name: 'Select Friday 22 November 2024' }).click();
  await expect(bar(gallery)).toContainText('8 selected');
  // With some selected, a click selects; with none, it opens.
  await gallery.picture(3).click();
  await expect(bar(gallery)).toContainText('7 selected');
  await gallery.page.keyboard.press('Escape');
  await gallery.picture(3).click();
  await expect(gallery.lightbox).toBeVisible();
});

test('a long press selects on a phone', async ({ server, browser }) => {
  await anAlbum(server);
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await phone.newPage();
  await page.goto(server.url);
  const picture = page.getByTestId('wall').locator('[data-index="0"]');
  await expect(picture.locator('img[data-state="shown"]')).toBeVisible();
  const box = await picture.boundingBox();
  const at = { x: (box?.x ?? 0) + 50, y: (box?.y ?? 0) + 50 };
  const touch = await phone.newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await expect(page.getByRole('region', { name: 'Selected pictures' })).toContainText('1 selected');
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(page.getByRole('region', { name: 'Selected pictures' })).toContainText('1 selected');
  await page.getByTestId('wall').locator('[data-index="1"]').tap();
  await expect(page.getByRole('region', { name: 'Selected pictures' })).toContainText('2 selected');
  await phone.close();
});

test('stars, tags and notes lead to filters that stand in the address', async ({ server, gallery }) => {
  await anAlbum(server);
  await gallery.open(server.url);
  const { page } = gallery;
  await gallery.picture(0).hover();
  await circle(gallery, '20').click();
  await gallery.picture(1).click();
  await bar(gallery).getByRole('button', { name: 'Star' }).click();
  await expect(gallery.messages.getByText('2 pictures starred.')).toBeVisible();

  await gallery.picture(2).hover();
  await circle(gallery, '18').click();
  await bar(gallery).getByRole('button', { name: 'Tags' }).click();
  await page.getByRole('dialog').getByLabel('Add').fill('Codling moth, night');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(gallery.messages.getByText('1 picture tagged.')).toBeVisible();
  await bar(gallery).getByRole('button', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Two on the left wing');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Escape');

  await gallery.picture(2).click();
  await expect(gallery.lightbox.getByText('Two on the left wing')).toBeVisible();
  const star = gallery.lightbox.getByRole('button', { name: 'Star' });
  await page.keyboard.press('s');
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'false');
  await gallery.lightbox.getByRole('link', { name: 'codling moth' }).click();
  await expect(gallery.lightbox).toBeHidden();
  await expect(gallery.pictures).toHaveCount(1);
  await expect(page).toHaveURL(/\?tag=codling\+moth$/);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Tag', { exact: true }).fill('');
  await page.getByRole('checkbox', { name: 'Starred' }).check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(gallery.pictures).toHaveCount(2);
  await page.reload();
  await expect(gallery.pictures).toHaveCount(2);
  await page.goto(`${server.url}/?hours=18-20`);
  await expect(gallery.pictures).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Without 18:00 to 20:00' })).toBeVisible();
  await page.goto(`${server.url}/?text=nobody`);
  await expect(page.getByRole('heading', { name: 'No picture fits this filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all pictures' }).click();
  await expect(gallery.pictures).toHaveCount(8);
});

test('a selection comes as one ZIP', async ({ server, gallery }) => {
  await anAlbum(server);
  await gallery.open(server.url);
  await gallery.page.getByRole('button', { name: 'Select Friday 22 November 2024' }).click();
  await expect(bar(gallery)).toContainText('8 selected');
  const coming = gallery.page.waitForEvent('download');
  await bar(gallery).getByRole('button', { name: 'Download as ZIP' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^heliograph-\d{8}T\d{6}\.zip$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 4)
      .toString('latin1'),
  ).toBe('PK\u0003\u0004');
});

test('the trash gives back, or is emptied', async ({ server, gallery }) => {
  await anAlbum(server);
  await gallery.open(server.url);
  const { page } = gallery;
  await page.getByRole('button', { name: 'Select Friday 22 November 2024' }).click();
  await bar(gallery).getByRole('button', { name: 'Move to the trash' }).click();
  await expect(page.getByRole('heading', { name: 'All pictures are in the trash' })).toBeVisible();
  await page.goto(`${server.url}/?page=trash`);
  const day = page.getByRole('region', { name: 'Thrown away today' });
  await expect(day.getByRole('listitem')).toHaveCount(8);
  await day
    .getByRole('button', { name: /^Restore North orchard/ })
    .first()
    .click();
  await expect(day.getByRole('listitem')).toHaveCount(7);
  await expect(page.getByText('1 picture restored.')).toBeVisible();
  await looksSound(page, 'trash');
  await page.getByRole('button', { name: 'Empty the trash' }).click();
  await page.getByRole('button', { name: 'Remove for good' }).click();
  // They have only just come.
  await expect(page.getByText('7 pictures arrived within the last hour and stay.')).toBeVisible();
});

test('a selection looks sound', async ({ server, gallery }) => {
  await anAlbum(server);
  await gallery.open(`${server.url}/?hours=10-22`);
  await expect(gallery.picture(0)).toHaveAccessibleName(/North orchard/);
  await gallery.picture(0).focus();
  await gallery.page.keyboard.press('x');
  await gallery.page.keyboard.press('Shift+ArrowRight');
  await expect(bar(gallery)).toContainText('2 selected');
  await looksSound(gallery.page, 'selection');
});

test('the choice of a filter looks sound', async ({ server, gallery }) => {
  server.addCamera('Meadow');
  server.addCamera('Harbour');
  await anAlbum(server);
  await gallery.open(server.url);
  await gallery.page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(gallery.page.getByRole('dialog', { name: 'Filter' })).toBeVisible();
  await looksSound(gallery.page, 'filter');
});

test('saves what is shown, and what is selected, as a table', async ({ server, gallery }) => {
  await anAlbum(server);
  const { page } = gallery;
  await gallery.open(`${server.url}/?hours=18-20`);
  await expect(gallery.pictures).not.toHaveCount(0);
  const shown = await gallery.pictures.count();
  await page.getByRole('button', { name: 'Export all that are shown as a table' }).click();
  const dialog = page.getByRole('dialog');
  await looksSound(page, 'export');
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  expect(table.suggestedFilename()).toMatch(/^heliograph-pictures-\d{8}T\d{6}\.csv$/);
  const lines = readFileSync(await table.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines[0]).toMatch(/^id,filename,camera_id,camera,captured_at,/);
  expect(lines).toHaveLength(shown + 1);
  await expect(dialog).toBeHidden();

  await gallery.picture(0).focus();
  await page.keyboard.press('x');
  await bar(gallery).getByRole('button', { name: 'Export as a table' }).click();
  await dialog.getByLabel('As').selectOption('JSON, for programs');
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  expect(list.suggestedFilename()).toBe('heliograph-pictures.json');
  const rows = JSON.parse(readFileSync(await list.path(), 'utf8')) as { camera: string }[];
  expect(rows.map(({ camera }) => camera)).toEqual(['North orchard']);
});

test('saves the whole gallery as a table, without a filter', async ({ server, gallery }) => {
  const { page } = gallery;
  await anAlbum(server);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(8);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Export all that are shown now' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export 8 pictures' });
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  const lines = readFileSync(await table.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(9);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
