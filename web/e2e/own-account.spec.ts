import { readFileSync } from 'node:fs';
import { Account, PASSWORD, totp } from './account';
import { choose, menuButton, signIn, signOut, typeSignIn } from './entrance';
import { expect, test } from './test';

test.use({ login: true });

test('signs in with a second factor, and with a recovery code when it is lost', async ({
  server,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, server.url, 'owner');
  await choose(page, 'owner', 'Your account');
  await page.getByRole('button', { name: 'Set it up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Second factor' });
  await dialog.getByLabel('Your password').fill('not the password');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('This is not your password.');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Go on' }).click();

  await expect(dialog.getByRole('img', { name: 'QR code' })).toBeVisible();
  const secret = await dialog.locator('code').innerText();
  await dialog.getByLabel('Code that the app shows').fill('000000');
  await dialog.getByRole('button', { name: 'Use it from now on' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This code is wrong');
  await dialog.getByLabel('Code that the app shows').fill(totp(secret));
  await dialog.getByRole('button', { name: 'Use it from now on' }).click();

  await expect(dialog.getByText('Keep these codes.')).toBeVisible();
  const codes = (await dialog.locator('code').innerText()).split('\n');
  expect(codes.length).toBeGreaterThan(5);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain(codes.join('\n'));
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('In use: a code is asked for')).toBeVisible();

  await signOut(page, 'owner');
  await typeSignIn(page, 'owner');
  const code = page.getByLabel('Code of your second factor');
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(page.getByRole('alert')).toHaveText('');
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('This code is wrong, or was used before.');
  // The code that confirmed it was used; an app shows the next one in half a minute.
  await code.fill(totp(secret, 1));
  await page.keyboard.press('Enter');
  await expect(menuButton(page, 'owner')).toBeVisible();

  await signOut(page, 'owner');
  await typeSignIn(page, 'owner');
  await code.fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await choose(page, 'owner', 'Your account');
  await page.getByRole('button', { name: 'Remove it' }).click();
  const removal = page.getByRole('dialog', { name: 'Remove the second factor' });
  await removal.getByLabel('Your password').fill(PASSWORD);
  await removal.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('Not in use.')).toBeVisible();
  await signOut(page, 'owner');
  await typeSignIn(page, 'owner');
  await expect(menuButton(page, 'owner')).toBeVisible();
});

test('changes the password, which signs other browsers out', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await signIn(page, `${server.url}/?page=account`, 'owner');
  const browsers = page.getByRole('list', { name: 'Browsers that are signed in' }).getByRole('listitem');
  await expect(browsers).toHaveCount(2);
  await expect(browsers.filter({ hasText: 'this browser' })).toHaveCount(1);
  await expect(browsers.filter({ hasText: 'this browser' })).toContainText('Chrome on Linux');

  const panel = page.getByRole('region', { name: 'Password' });
  await panel.getByLabel('Password now').fill('wrong');
  await panel.getByLabel('New password').fill('four storks in a row');
  await panel.getByRole('button', { name: 'Change the password' }).click();
  await expect(panel.getByRole('alert')).toHaveText('This is not your password.');
  // A wrong password there is no reason to be sent to the door.
  await expect(menuButton(page, 'owner')).toBeVisible();
  await panel.getByLabel('Password now').fill(PASSWORD);
  await panel.getByRole('button', { name: 'Change the password' }).click();
  await expect(panel.getByText('Your password is changed.')).toBeVisible();
  await expect(browsers).toHaveCount(1);
  const ended = await owner.get<{ person: unknown }>('/api/v1/session');
  expect(ended.person).toBeNull();

  await signOut(page, 'owner');
  await typeSignIn(page, 'owner');
  await expect(page.getByRole('alert')).toHaveText('The name or the password is wrong.');
  await typeSignIn(page, 'owner', 'four storks in a row');
  await expect(menuButton(page, 'owner')).toBeVisible();
});

test('ends sessions, one and all others', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  const other = await Account.signIn(server, 'owner');
  await signIn(page, `${server.url}/?page=account`, 'owner');
  const browsers = page.getByRole('list', { name: 'Browsers that are signed in' }).getByRole('listitem');
  await expect(browsers).toHaveCount(3);
  await browsers.getByRole('button', { name: /^End/ }).first().click();
  await expect(browsers).toHaveCount(2);
  await page.getByRole('button', { name: 'End all others' }).click();
  await expect(browsers).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'End all others' })).toHaveCount(0);
  for (const account of [owner, other]) {
    expect((await account.get<{ person: unknown }>('/api/v1/session')).person).toBeNull();
  }
  await other.forget();
});

test('makes a token for a program, and takes it away', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, `${server.url}/?page=account`, 'owner');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const form = page.getByRole('dialog', { name: 'Make a token' });
  await form.getByLabel('Name').fill('backup script');
  await form.getByLabel('It lasts').selectOption('30 days');
  await form.getByRole('button', { name: 'Make the token' }).click();
  const token = await page.getByRole('dialog', { name: 'backup script' }).locator('code').innerText();
  const use = async () => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await fetch(`${server.url}/api/v1/cameras`, { headers })).status;
  };
  expect(await use()).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('list', { name: 'Tokens' }).getByRole('listitem');
  await expect(row).toContainText('backup script');
  await expect(row).toContainText('read · ends');
  await expect(page.getByText(token)).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText('last used');
  await row.getByRole('button', { name: 'Remove backup script' }).click();
  await page.getByRole('button', { name: 'Remove the token' }).click();
  await expect(row).toHaveCount(0);
  expect(await use()).toBe(401);
});
