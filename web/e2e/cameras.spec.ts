import { readFileSync } from 'node:fs';
import { signIn } from './entrance';
import { expect, test } from './test';

test.use({ login: true });

test('adds a camera, shows its key once, and makes it new', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=cameras`, 'owner');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('North orchard');
  await page.getByRole('button', { name: 'Add it' }).click();
  const shown = page.getByRole('dialog', { name: 'North orchard' });
  await expect(shown.getByRole('img', { name: /QR code/ })).toBeVisible();
  const key = await shown.locator('code').first().innerText();
  expect(key).toMatch(/^cam_\w{36}$/);
  const saving = page.waitForEvent('download');
  await shown.getByRole('button', { name: /Sketch/ }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toContain(key);
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  const cameras = page.getByRole('list', { name: 'Cameras' });
  await expect(cameras).toContainText('North orchard');
  await page.getByRole('link', { name: 'Name and key of North orchard' }).click();
  await page.getByLabel(/without TLS/).check();
  await page.getByRole('button', { name: 'Make a new key' }).click();
  const renewed = page.getByRole('dialog', { name: 'New key of North orchard' });
  expect(await renewed.locator('code').first().innerText()).not.toBe(key);
  await renewed.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('South orchard');
  await page.getByRole('button', { name: 'Rename it' }).click();
  await expect(page.getByRole('heading', { name: 'South orchard' })).toBeVisible();
  await page.goBack();
  await expect(cameras).toContainText('may send its key without TLS');
  await page.goForward();
  await page.getByRole('button', { name: 'Remove the camera' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('There is no camera yet.')).toBeVisible();
});

test('imports a table and gives one back with the keys', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=cameras`, 'owner');
  await page.getByRole('button', { name: 'Import a table' }).click();
  const file = (text: string) => ({ name: 'fleet.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByLabel('Table', { exact: true }).setInputFiles(file('title\nNorth\n'));
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Row 1 must');
  await page.getByLabel('Table', { exact: true }).setInputFiles(file('name\nNorth\nSouth\n'));
  await page.getByRole('button', { name: 'Add them' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the table' }).click();
  const table = readFileSync(await (await saving).path(), 'utf8');
  expect(table.match(/cam_\w{36}/g)).toHaveLength(2);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Cameras' }).getByRole('listitem')).toHaveCount(2);
});

test('adds the camera that shows a code', async ({ server, gallery, owner, request }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  // As the firmware makes one: 30 letters and digits, and 6 that check them.
  const claim = () =>
    request.post(`${server.url}/device/v1/claim`, {
      headers: { Authorization: 'Bearer cam_0000000000000000000000000000002C8GjS' },
      data: { model: 'ESP32-CAM' },
    });
  const { code } = (await (await claim()).json()) as { code: string };
  await signIn(page, `${server.url}/?page=cameras`, 'owner');
  await expect(page.getByText('Waiting to be added: ESP32-CAM')).toBeVisible();
  await page.getByRole('button', { name: 'Enter a code' }).click();
  await page.getByLabel('Code', { exact: true }).fill('0000-0000');
  await page.getByRole('dialog').getByLabel('Name').fill('Barn');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('No camera shows the code');
  await page.getByLabel('Code', { exact: true }).fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('list', { name: 'Cameras' })).toContainText('Barn');
  expect((await claim()).status()).toBe(200);
});
