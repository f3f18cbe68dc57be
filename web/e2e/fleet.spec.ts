import { looksSound } from './look';
import { expect, test } from './test';

const MINUTE_MS = 60_000;

test('shows problems first, finds cameras, and leads to them and their pictures', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  await page.goto(`${server.url}/?page=fleet`);
  await expect(page.getByText('There is no camera yet.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Add a camera' })).toHaveAttribute('href', /page=cameras/);

  const now = Date.now();
  const [barn, , weir] = ['Barn', 'Apiary', 'Weir'].map((name) => server.addCamera(name));
  if (!barn || !weir) throw new Error('no cameras');
  await server.uploadFrom(barn, now - MINUTE_MS, 'battery_mv=3912, rssi_dbm=-58, spool=0');
  await server.uploadFrom(weir, now - MINUTE_MS, 'battery_mv=3390, rssi_dbm=-91, spool=37');
  const headers = { Authorization: `Bearer ${weir.key}`, 'Content-Type': 'image/jpeg' };
  const refused = await fetch(`${server.url}/upload`, { method: 'POST', headers, body: 'no picture' });
  expect(refused.status).toBe(422);

  await page.goto(`${server.url}/`);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Fleet' }).click();
  const cards = page.getByRole('list', { name: 'Cameras' }).locator(':scope > li');
  const problems = page.getByRole('list', { name: 'Problems of Weir' });
  await expect(problems).toContainText('Battery low: 3.39 V');
  await expect(problems).toContainText('37 pictures wait in it');
  await expect(problems).toContainText(/Refused a minute ago: this is no JPEG/);
  await expect(cards.first()).toContainText('Weir');
  await expect(cards.nth(1)).toContainText('Apiary');
  await expect(cards.nth(1)).toContainText('Never heard');
  await expect(page.getByText('3 cameras, 1 with problems')).toBeVisible();
  await expect(cards.nth(2)).toContainText('3.91 V');
  await expect(cards.nth(2)).toContainText(/[01] today/);
  await looksSound(page, 'fleet');

  await page.getByRole('button', { name: 'Only with problems' }).click();
  await expect(cards).toHaveCount(1);
  await page.getByLabel('Search').fill('river');
  await expect(page.getByText('No camera is like that.')).toBeVisible();
  // What was chosen stands in the address.
  await page.reload();
  await expect(page.getByLabel('Search')).toHaveValue('river');
  await page.getByLabel('Search').fill('37');
  await page.getByRole('link', { name: 'Weir', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Weir' })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('camera')).toBe(weir.id);
  await page.getByRole('link', { name: 'All its pictures' }).click();
  await expect(gallery.pictures).toHaveCount(1);
});

test('asks once for all cameras, and again when something has changed', async ({ server, gallery }) => {
  const { page } = gallery;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const [barn] = ['Barn', 'Apiary', 'Weir'].map((name) => server.addCamera(name));
  if (!barn) throw new Error('no camera');
  await page.goto(`${server.url}/?page=fleet`);
  const card = page.getByRole('list', { name: 'Cameras' }).locator(':scope > li', { hasText: 'Barn' });
  await expect(card).toContainText('0 today');
  await server.uploadFrom(barn, Date.now(), 'battery_mv=3912');
  await expect(card).toContainText('3.91 V');
  await expect(card.locator('img[data-state="shown"]')).toBeVisible();
  expect(asked.filter((path) => /^\/api\/v1\/(cameras\/|histogram|images)/.test(path))).toEqual([]);
  // One to begin with, one when the stream of changes began, and one for the picture.
  expect(asked.filter((path) => path === '/api/v1/fleet').length).toBeLessThanOrEqual(3);
});

test('says so when the fleet cannot be read', async ({ server, gallery }) => {
  const { page } = gallery;
  server.addCamera('Barn');
  await page.route('**/api/v1/fleet?**', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"detail": "the disk is gone"}',
    }),
  );
  await page.goto(`${server.url}/?page=fleet`);
  await expect(page.getByRole('alert')).toContainText('The disk is gone.');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('link', { name: 'Barn' })).toBeVisible();
});
