import { MARKUP, PASSWORD } from './account';
import { choose, menuButton, signIn, signOut } from './entrance';
import { expect, test } from './test';

test.use({ login: true });

test('invites a viewer, who sees their group’s cameras and nothing else', async ({
  server,
  gallery,
  owner,
  browser,
}) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  const harbour = server.addCamera('Harbour mast');
  await server.upload(orchard);
  await server.upload(harbour);
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=people`, 'owner');

  await page.getByRole('button', { name: 'Make a group' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Farm');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByLabel('North orchard').selectOption('Farm');
  await expect(page.getByRole('list', { name: 'Groups' })).toContainText('1 camera');

  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Invite somebody' });
  await form.getByLabel('Name').fill('maria');
  await form.getByLabel('Every camera').selectOption('None');
  await form.getByLabel('Group Farm').selectOption('Viewer');
  await form.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByRole('dialog', { name: 'Invitation for maria' }).locator('code').innerText();
  await page.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: 'maria' });
  await expect(row).toContainText('invited');
  await expect(row).toContainText('Viewer of Farm');

  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'Welcome, maria' })).toBeVisible();
  await expect(guest).toHaveURL(`${server.url}/`);
  await guest.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await guest.getByRole('button', { name: 'Set the password' }).click();
  await expect(guest.getByRole('link', { name: 'North orchard 1 picture' })).toBeVisible();
  await expect(guest.getByText('Harbour mast')).toHaveCount(0);
  await expect(guest.getByTestId('wall').getByRole('link')).toHaveCount(1);

  await menuButton(guest, 'maria').click();
  await expect(guest.getByText('Your account')).toBeVisible();
  await expect(guest.getByText('People', { exact: true })).toHaveCount(0);
  await expect(guest.getByText('Audit log')).toHaveCount(0);
  for (const administrators of ['people', 'audit']) {
    await guest.goto(`${server.url}/?page=${administrators}`);
    await expect(guest.getByRole('heading', { name: 'Only for administrators' })).toBeVisible();
  }
  await guest.goto(`${server.url}/?page=account`);
  await guest.getByRole('button', { name: 'Make a token' }).click();
  await expect(guest.getByRole('checkbox')).toHaveCount(1);

  // A link works once.
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  await guest.getByRole('button', { name: 'Go on without it' }).click();
  await expect(menuButton(guest, 'maria')).toBeVisible();

  // Rights that are taken away are gone without signing in again.
  await page.reload();
  await row.getByRole('button', { name: 'Rights of maria' }).click();
  await page.getByRole('dialog').getByLabel('Group Farm').selectOption('None');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Nothing yet');
  await guest.goto(server.url);
  await expect(guest.getByRole('heading', { name: 'No camera for you yet' })).toBeVisible();

  await row.getByRole('button', { name: 'Remove maria' }).click();
  await page.getByRole('button', { name: 'Remove them' }).click();
  await expect(row).toHaveCount(0);
  await guest.reload();
  await expect(guest.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await context.close();
});

test('lets somebody set a new password, and in again without a lost phone', async ({
  server,
  gallery,
  owner,
  browser,
}) => {
  const { page } = gallery;
  const maria = await owner.add(server, 'maria', { group: null, role: 'viewer' });
  await signIn(page, `${server.url}/?page=people`, 'owner');
  await page.getByRole('button', { name: 'New password for maria' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByRole('dialog', { name: 'New password for maria' }).locator('code').innerText();

  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'Set a new password' })).toBeVisible();
  await expect(guest.getByText('For maria.')).toBeVisible();
  await guest.getByLabel('Password', { exact: true }).fill('four storks in a row');
  await guest.getByRole('button', { name: 'Set the password' }).click();
  await expect(menuButton(guest, 'maria')).toBeVisible();
  expect((await maria.get<{ person: unknown }>('/api/v1/session')).person).toBeNull();
  await maria.forget();
  await context.close();
});

test('keeps the last administrator', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=people`, 'owner');
  await page.getByRole('button', { name: 'Remove owner' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove owner?' });
  await dialog.getByRole('button', { name: 'Remove them' }).click();
  await expect(dialog.getByRole('alert')).toContainText('administer');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Remove owner' })).toBeFocused();
  await expect(page.getByRole('list', { name: 'People' })).toContainText('owner');
});

test('pages through the audit log', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const group = await owner.addGroup('Farm');
  for (let i = 0; i < 120; i += 1) {
    await owner.ask('PUT', `/api/v1/groups/${group}`, { name: `Farm ${i}` });
  }
  await signIn(page, server.url, 'owner');
  await choose(page, 'owner', 'Audit log');
  const entries = page.getByRole('list', { name: 'What was done' }).getByRole('listitem');
  await expect(entries).toHaveCount(100);
  await expect(entries.first()).toContainText('owner signed in');
  await expect(entries.nth(1)).toContainText('owner renamed a group to Farm 119');
  await page.getByRole('button', { name: 'Show older entries' }).click();
  await expect(entries).toHaveCount(124);
  await expect(entries.last()).toContainText('added their own account');
  await expect(page.getByRole('button', { name: 'Show older entries' })).toHaveCount(0);
});

test('shows names as text, whatever is in them', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const camera = server.addCamera(MARKUP);
  const group = await owner.addGroup(MARKUP, camera.id);
  const other = await owner.add(server, MARKUP, { group, role: 'viewer' });
  await other.ask('POST', '/api/v1/tokens', { name: MARKUP, scopes: ['read'] });
  await signIn(page, `${server.url}/?page=people`, 'owner');
  const title = 'People · Heliograph';
  const row = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: MARKUP });
  await expect(row).toContainText(`Viewer of ${MARKUP}`);
  await expect(page.getByRole('list', { name: 'Groups' })).toContainText(MARKUP);
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('dialog')).toContainText(`Remove ${MARKUP}?`);
  await expect(page).toHaveTitle(title);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await choose(page, 'owner', 'Audit log');
  await expect(page.getByText(`made the token ${MARKUP}`)).toBeVisible();
  await signOut(page, 'owner');

  await signIn(page, `${server.url}/?page=account`, MARKUP);
  await expect(page.getByText(`You sign in as ${MARKUP}.`)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Tokens' })).toContainText(MARKUP);
  await menuButton(page, MARKUP).click();
  await expect(page.getByRole('navigation', { name: 'Account' })).toContainText(`Signed in as ${MARKUP}`);
  await expect(page.locator('img')).toHaveCount(0);
  await other.forget();
});
