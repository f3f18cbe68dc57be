import { PASSWORD } from './account';
import { choose, menuButton, signIn, signOut } from './entrance';
import { agreeAtProvider, FarmId } from './openid';
import { TestServer } from './server';
import { expect, test as base } from './test';

interface Farm {
  provider: FarmId;
  server: TestServer;
}

const test = base.extend<{ farm: Farm; provider: FarmId }>({
  farm: async ({ login }, use) => {
    const provider = await FarmId.choosePlace();
    const server = new TestServer({ login, config: provider.config() });
    try {
      await server.start();
      await provider.start(server);
      await use({ provider, server });
    } finally {
      await server.remove();
      await provider.remove();
    }
  },
  provider: async ({ farm }, use) => use(farm.provider),
  server: async ({ farm }, use) => use(farm.server),
});
test.use({ login: true });

const CONTINUE = { name: 'Continue with Farm ID' };

test('takes up an invitation with the provider, and comes back with it', async ({
  server,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  const token = await owner.invite('jo', { group: null, role: 'viewer' });
  await page.goto(`${server.url}/#link=${token}`);
  await expect(page.getByRole('heading', { name: 'Welcome, jo' })).toBeVisible();
  await page.getByRole('button', CONTINUE).click();
  await agreeAtProvider(page, 'jo');
  await expect(menuButton(page, 'jo')).toBeVisible();
  await expect(gallery.pictures).toHaveCount(1);
  await expect(page).toHaveURL(`${server.url}/`);

  await choose(page, 'jo', 'Your account');
  await expect(page.getByText('You have none. For a way in without')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Second factor' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Disconnect jo@farm.example' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is your only way in');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // To where they were going; the provider knows them still.
  await signOut(page, 'jo');
  await page.goto(`${server.url}/?camera=${camera.id}`);
  await page.getByRole('button', CONTINUE).click();
  await expect(menuButton(page, 'jo')).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/?camera=${camera.id}`);
});

test('connects an account, and disconnects it', async ({ server, provider, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=account`, 'owner');
  const panel = page.getByRole('region', { name: 'Sign in with Farm ID' });
  await expect(panel.getByText('Not connected.')).toBeVisible();
  await panel.getByRole('button', { name: 'Connect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect your account at Farm ID' });
  await dialog.getByLabel('Your password').fill('not the password');
  await dialog.getByRole('button', { name: 'Go to Farm ID' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('This is not your password.');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Go to Farm ID' }).click();
  await agreeAtProvider(page, 'the-owner');
  const connected = page.getByRole('status').filter({ hasText: 'Your account at Farm ID is connected.' });
  await expect(connected).toBeVisible();
  await expect(panel.getByText('the-owner@farm.example')).toBeVisible();
  await expect(panel.getByText(provider.issuer)).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/?page=account`);
  await page.reload();
  await expect(panel.getByText('the-owner@farm.example')).toBeVisible();
  await expect(connected).toHaveCount(0);

  await panel.getByRole('button', { name: 'Disconnect the-owner@farm.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(panel.getByText('Not connected.')).toBeVisible();
});

test('says kindly that nobody here is connected', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await page.goto(server.url);
  await page.getByRole('button', CONTINUE).click();
  await agreeAtProvider(page, 'eve');
  await expect(page.getByRole('alert').filter({ hasText: 'Nobody here is connected' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/`);
});

test('says when the provider is away, and lets people in without it', async ({
  server,
  provider,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await provider.stop();
  await page.goto(server.url);
  await page.getByRole('button', CONTINUE).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Farm ID does not answer' })).toBeVisible();
  await signIn(page, server.url, 'owner');
});
