import { PASSWORD } from './account';
import { menuButton, signIn, signOut, typeSignIn } from './entrance';
import { expect, test } from './test';

// A stream is asked every ten seconds whether its session still holds, and at the latest when it has nothing to say.
const SESSION_END_SEEN_MS = 40_000;

test.use({ login: true });

const SIGN_IN = { name: 'Sign in' };

test('makes the first account by the link that the server prints', async ({ server, gallery, browser }) => {
  const { page } = gallery;
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Nobody has an account yet' })).toBeVisible();
  await expect(page.getByText('heliograph user add NAME')).toBeVisible();

  await page.goto(server.setUpLink);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/`);
  await page.getByLabel('Name', { exact: true }).fill('Owner');
  await page.getByLabel('Password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('alert')).toContainText('12 characters');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing in sight yet' })).toBeVisible();
  await page.reload();
  await expect(menuButton(page, 'owner')).toBeVisible();

  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(server.setUpLink);
  await expect(other.getByRole('heading', SIGN_IN)).toBeVisible();
  await expect(other.getByText('That link has done its work.')).toBeVisible();
  await stranger.close();
});

test('finds an account that was made on the machine', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Nobody has an account yet' })).toBeVisible();
  server.addPerson('owner', PASSWORD);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('heading', SIGN_IN)).toBeVisible();
  await typeSignIn(page, 'owner');
  await expect(menuButton(page, 'owner')).toBeVisible();
});

test('lets in with the right password only, to where one was going', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const orchard = server.addCamera('North orchard');
  const harbour = server.addCamera('Harbour mast');
  const { id } = await server.upload(orchard);
  await server.upload(harbour);
  const address = `${server.url}/?camera=${orchard.id}&image=${id}`;
  await page.goto(address);
  await typeSignIn(page, 'owner', 'two herons on two legs');
  await expect(page.getByRole('alert')).toHaveText('The name or the password is wrong.');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('owner');
  await typeSignIn(page, 'owner');
  await expect(gallery.lightbox).toBeVisible();
  await expect(page).toHaveURL(address);

  // What a password manager needs to know.
  await page.context().clearCookies();
  await page.goto(server.url);
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('autocomplete', 'username');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password',
  );
  expect((await owner.get<{ entries: unknown[] }>('/api/v1/audit')).entries.length).toBeGreaterThan(2);
});

test('tells a guesser how long to wait', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/cameras');
  await page.goto(server.url);
  for (let i = 0; i < 8; i += 1) {
    await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'owner', password: `wrong ${i}` }),
    });
  }
  await typeSignIn(page, 'owner', 'wrong');
  await expect(page.getByRole('alert')).toContainText(/Too many tries\. Wait \d+ seconds?/);
  // Every answer says another time, twenty seconds at most.
  await expect(page.getByRole('alert')).toHaveText('You can try again now.', { timeout: 30_000 });
  await typeSignIn(page, 'owner');
  await expect(menuButton(page, 'owner')).toBeVisible();
});

test('asks again where the session was ended elsewhere, and goes on there', async ({
  server,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  await signIn(page, `${server.url}/?camera=${camera.id}`, 'owner');
  await expect(gallery.pictures).toHaveCount(1);
  await owner.ask('DELETE', '/api/v1/sessions');
  // Nobody touches the page: the stream of changes ends.
  await expect(page.getByRole('heading', SIGN_IN)).toBeVisible({ timeout: SESSION_END_SEEN_MS });
  await expect(gallery.pictures).toHaveCount(0);
  await typeSignIn(page, 'owner');
  await expect(gallery.pictures).toHaveCount(1);
  await expect(page).toHaveURL(`${server.url}/?camera=${camera.id}`);
});

test('notices at the first request that the session has ended', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await signIn(page, `${server.url}/?page=account`, 'owner');
  await owner.ask('DELETE', '/api/v1/sessions');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('script');
  await page.getByRole('dialog').getByRole('button', { name: 'Make the token' }).click();
  await expect(page.getByRole('heading', SIGN_IN)).toBeVisible({ timeout: 5_000 });
  await expect(page).toHaveURL(`${server.url}/?page=account`);
});

test('signs out, and leaves nothing behind', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.upload(camera);
  const guest = await owner.add(server, 'guest');
  await guest.forget();
  await signIn(page, server.url, 'owner');
  await expect(gallery.pictures).toHaveCount(1);
  await signOut(page, 'owner');
  await expect(page.getByText('North orchard')).toHaveCount(0);
  expect(await page.context().cookies()).toEqual([]);
  await page.goBack();
  await expect(page.getByRole('heading', SIGN_IN)).toBeVisible();

  // Somebody else at the same browser, who may see nothing.
  await typeSignIn(page, 'guest');
  await expect(page.getByRole('heading', { name: 'No camera for you yet' })).toBeVisible();
  await expect(page.getByText('North orchard')).toHaveCount(0);
});
