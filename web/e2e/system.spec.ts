import { chooseMore, signIn } from './entrance';
import { looksSound } from './look';
import { expect, test } from './test';

test.use({ login: true });

test('tells administrators how the server is and how it is set', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await owner.add(server, 'olga', { group: null, role: 'operator' });
  await signIn(page, server.url, 'owner');
  await chooseMore(page, 'Server');
  await expect(page.getByRole('heading', { name: 'All is well' })).toBeVisible();
  const parts = page.getByRole('list', { name: 'Parts of the server' });
  await expect(parts).toContainText('Pictures Can be stored');
  await expect(parts).toContainText('1 picture stored, 0 repeats, 0 refused');
  await expect(parts).toContainText('Certificate None: this server speaks plain HTTP');
  await expect(page.getByText(/^heliograph --data \S+ backup \/mnt\/backup$/)).toBeVisible();
  await expect(page.getByText('limits.images_per_minute')).toBeVisible();
  await looksSound(page, 'server');

  const down = { status: 503, contentType: 'application/problem+json', body: '{"detail": "busy"}' };
  await page.route('**/api/v1/system', (route) => route.fulfill(down));
  await expect(page.getByText('What is shown is from before.')).toBeVisible({ timeout: 30_000 });
  await expect(parts).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('What is shown is from before.')).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, `${server.url}/?page=server`, 'olga');
  await expect(page.getByRole('heading', { name: 'Only for administrators' })).toBeVisible();
});
