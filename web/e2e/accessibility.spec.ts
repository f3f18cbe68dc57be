import { PASSWORD, totp } from './account';
import { menuButton } from './entrance';
import { seriousFaults } from './faults';
import { wearTheme } from './look';
import { expect, test } from './test';

const MINUTE_MS = 60_000;

for (const theme of ['dark', 'light']) {
  test(`axe finds no serious fault in the ${theme} theme`, async ({ server, gallery }) => {
    await gallery.page.addInitScript((value) => localStorage.setItem('heliograph.theme', value), theme);
    // Colours are judged as they are at rest, not on their way in.
    await gallery.page.emulateMedia({ reducedMotion: 'reduce' });
    await gallery.open(server.url);
    await expect(gallery.page.getByRole('heading', { name: 'Nothing in sight yet' })).toBeVisible();
    expect(await seriousFaults(gallery.page)).toEqual([]);

    const camera = server.addCamera('North orchard');
    const start = Date.now();
    for (let i = 0; i < 12; i += 1) {
      await server.uploadFrom(camera, start - i * 600 * MINUTE_MS, 'battery_mv=3912, lat_e7=1, lon_e7=1');
    }
    await expect(gallery.picture(11)).toBeVisible();
    expect(await seriousFaults(gallery.page)).toEqual([]);

    await gallery.page.keyboard.press('?');
    await expect(gallery.page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    expect(await seriousFaults(gallery.page)).toEqual([]);
    await gallery.page.keyboard.press('Escape');

    await gallery.picture(2).click();
    await expect(gallery.lightbox.getByText('3.91 V')).toBeVisible();
    expect(await seriousFaults(gallery.page)).toEqual([]);
  });
}

test.describe('with a login', () => {
  test.use({ login: true });

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds no serious fault, ${viewport.width} wide`, async ({ server, gallery }) => {
      // Some twenty screens, which axe looks at for a second or two each.
      test.setTimeout(300_000);
      const { page } = gallery;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const sound = async (what: string) => {
        expect(await seriousFaults(page), what).toEqual([]);
        await page.evaluate(wearTheme, 'light');
        expect(await seriousFaults(page, { onlyColours: true }), `${what}, light`).toEqual([]);
        await page.evaluate(wearTheme, 'dark');
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${what}: nothing stands out on the right`).toBe(viewport.width);
      };

      await page.goto(server.url);
      await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible();
      await sound('no account');
      await page.goto(server.setUpLink);
      await page.getByLabel('Name', { exact: true }).fill('owner');
      await page.getByLabel('Password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Make the account' }).click();
      await expect(page.getByRole('alert')).toContainText('12');
      await sound('set-up');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Make the account' }).click();
      await menuButton(page, 'owner').click();
      await sound('menu');

      const camera = server.addCamera('North orchard');
      await page.goto(`${server.url}/?page=people`);
      await page.getByRole('button', { name: 'Make a group' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Farm');
      await sound('name');
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.getByLabel(camera.name).selectOption('Farm');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('maria');
      await sound('invite');
      await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
      const link = await page.getByRole('dialog').locator('code').innerText();
      await sound('invitation');
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByRole('list', { name: 'People' })).toContainText('maria');
      await sound('people');
      await page.getByRole('button', { name: 'Remove maria' }).click();
      await sound('confirmation');
      await page.keyboard.press('Escape');
      await server.upload(camera);
      await page.goto(`${server.url}/?camera=${camera.id}`);
      await expect(page.getByRole('button', { name: 'Share Today' })).toBeVisible();
      await sound('gallery of one camera');
      await page.getByRole('button', { name: 'Share Today' }).click();
      await page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
      await sound('share');
      await page.getByRole('dialog').getByRole('button', { name: 'Make a link' }).click();
      const shared = await page.getByRole('dialog').locator('code').innerText();
      await sound('shared link');
      await page.goto(`${server.url}/?page=shares`);
      await expect(page.getByRole('list', { name: 'Shared links' })).toContainText('not opened yet');
      await sound('shared links');
      await page.goto(shared);
      await expect(page.getByRole('button', { name: 'Show them' })).toBeVisible();
      await sound('password of a link');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Show them' }).click();
      await expect(page.getByTestId('wall').getByRole('link')).toHaveCount(1);
      await sound('shared day');
      await page.goto(`${server.url}/#share=shr_x`);
      await expect(page.getByRole('heading', { name: 'Nothing to see here' })).toBeVisible();
      await sound('a link that leads nowhere');
      await page.goto(`${server.url}/?page=audit`);
      await expect(page.getByRole('main').getByText('signed in').first()).toBeVisible();
      await sound('audit');

      await page.goto(`${server.url}/?page=account`);
      await page.getByRole('button', { name: 'Make a token' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('script');
      await sound('token form');
      await page.getByRole('button', { name: 'Make the token' }).click();
      await expect(page.getByText('It is shown only now.')).toBeVisible();
      await sound('token');
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Set it up' }).click();
      await page.getByLabel('Your password').fill(PASSWORD);
      await sound('own password');
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
      await sound('QR code');
      const secret = await page.getByRole('dialog').locator('code').innerText();
      await page.getByLabel('Code that the app shows').fill(totp(secret));
      await page.getByRole('button', { name: 'Use it from now on' }).click();
      await expect(page.getByText('Keep these codes.')).toBeVisible();
      await sound('recovery codes');
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await expect(page.getByText('In use: a code')).toBeVisible();
      await sound('account');

      await page.goto(link);
      await expect(page.getByRole('heading', { name: 'Welcome, maria' })).toBeVisible();
      await sound('link');
      await page.getByRole('button', { name: 'Not now' }).click();
      await page.context().clearCookies();
      await page.goto(server.url);
      await page.getByLabel('Name', { exact: true }).fill('owner');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByLabel('Code of your second factor')).toBeVisible();
      await sound('sign-in');
    });
  }
});
