import { looksSound } from './look';
import { openAlert } from './openAlert';
import { expect, test } from './test';

test('tells what needs somebody, of all cameras and at the page of each', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('Weir');
  server.addCamera('Barn');
  const open = page.getByRole('region', { name: 'Open' });
  await gallery.open(server.url);
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(open).toContainText('Nothing needs anybody.');

  await openAlert(server, camera);
  await page.reload();
  await expect(open.getByRole('listitem')).toContainText('Pictures refused');
  await looksSound(page, 'alerts');
  await page.getByLabel('Camera').selectOption('Barn');
  await expect(open).toContainText('Nothing needs anybody.');
  await page.getByLabel('Camera').selectOption('Weir');
  await expect(page).toHaveURL(`${server.url}/?page=alerts&camera=${camera.id}`);
  await open.getByRole('link', { name: 'Weir' }).click();
  const last = page.getByRole('region', { name: 'Last alerts' });
  await expect(last.getByRole('listitem')).toContainText('Pictures refused');
  await looksSound(page, 'camera-with-alerts');
});
