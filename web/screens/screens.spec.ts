// Every screen as docs/screens.md shows it. Not a test: what is on the screens, the tests of e2e/ say.
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Account } from '../e2e/account';
import { signIn } from '../e2e/entrance';
import { openAlert } from '../e2e/openAlert';
import type { TestCamera } from '../e2e/server';
import { expect, test } from '../e2e/test';
import { plant } from './orchard';

const FOLDER = path.join(import.meta.dirname, '../../docs/images/screens');
const JPEG_QUALITY = 72;
const PATIENCE = { timeout: 180_000 };
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

test.use({ login: true, viewport: DESK });

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  // Thumbnails are made in the server's idle time, and the page follows it a moment after it is there.
  await expect(page.locator('img[data-state=loading], img[data-state=missing]')).toHaveCount(0, PATIENCE);
  await expect(page.getByText('Connecting', { exact: true })).toHaveCount(0);
  await page.screenshot({ path: path.join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: JPEG_QUALITY });
}

/** What a household has said about its pictures, and who may see them. */
async function settleIn(owner: Account, orchard: TestCamera, apiary: TestCamera): Promise<string[]> {
  await owner.addGroup('Orchards', orchard.id, apiary.id);
  await owner.invite('maria', { group: null, role: 'viewer' });
  const { images } = await owner.get<{ images: { id: string }[] }>(
    `/api/v1/images?camera=${orchard.id}&limit=40`,
  );
  const ids = images.map(({ id }) => id);
  await owner.ask('POST', '/api/v1/stars', { images: ids.slice(2, 4), starred: true });
  return ids;
}

test('every screen', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const { orchard, apiary, weir, barn } = await plant(server);
  await openAlert(server, weir);
  const ids = await settleIn(owner, orchard, apiary);
  const [picture = '', before = ''] = [ids.at(8), ids.at(14)];
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, server.url, 'owner');
  await expect(gallery.picture(0).locator('img')).toHaveAttribute('data-state', 'shown');
  await shoot(page, 'gallery');

  const addresses: [name: string, address: string][] = [
    ['fleet', '?page=fleet'],
    ['camera', `?page=camera&camera=${orchard.id}`],
    ['alerts', '?page=alerts'],
    ['settings', `?page=camera&camera=${orchard.id}&tab=settings`],
    ['measurements', `?page=camera&camera=${barn.id}&tab=measurements&over=7d`],
    ['calendar', `?page=camera&camera=${orchard.id}&tab=calendar`],
    ['uploads', `?page=camera&camera=${orchard.id}&tab=uploads`],
    ['picture', `?camera=${orchard.id}&image=${picture}`],
    ['time-machine', `?page=time&view=days&camera=${orchard.id}`],
    ['compare', `?page=time&view=compare&left=${before}&right=${picture}`],
    ['map', '?page=map'],
    ['wall', '?page=wall'],
    ['storage', '?page=storage'],
    ['people', '?page=people'],
    ['account', '?page=account'],
    ['audit', '?page=audit'],
    ['server', '?page=server'],
    ['flash', '?page=flash'],
  ];
  for (const [name, address] of addresses) {
    await page.goto(`${server.url}/${address}`);
    await shoot(page, name);
  }

  await page.setViewportSize(PHONE);
  for (const [name, address] of [['gallery', ''], ...addresses.slice(0, 2)]) {
    await page.goto(`${server.url}/${address ?? ''}`);
    await shoot(page, `${name}-phone`);
  }
  await page.setViewportSize(DESK);
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Theme: dark. Change to light' }).click();
  await shoot(page, 'gallery-light');
});
