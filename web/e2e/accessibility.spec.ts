import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Gallery } from './test';

const MINUTE_MS = 60_000;

async function seriousFaults({ page }: Gallery) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const theme of ['dark', 'light']) {
  test(`axe finds no serious fault in the ${theme} theme`, async ({ server, gallery }) => {
    await gallery.page.addInitScript((value) => localStorage.setItem('heliograph.theme', value), theme);
    // Colours are judged as they are at rest, not on their way in.
    await gallery.page.emulateMedia({ reducedMotion: 'reduce' });
    await gallery.open(server.url);
    await expect(gallery.page.getByRole('heading', { name: 'Nothing in sight yet' })).toBeVisible();
    expect(await seriousFaults(gallery)).toEqual([]);

    const camera = server.addCamera('North orchard');
    const start = Date.now();
    for (let i = 0; i < 12; i += 1) {
      await server.uploadFrom(camera, start - i * 600 * MINUTE_MS, 'battery_mv=3912, lat_e7=1, lon_e7=1');
    }
    await expect(gallery.picture(11)).toBeVisible();
    expect(await seriousFaults(gallery)).toEqual([]);

    await gallery.page.keyboard.press('?');
    await expect(gallery.page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    expect(await seriousFaults(gallery)).toEqual([]);
    await gallery.page.keyboard.press('Escape');

    await gallery.picture(2).click();
    await expect(gallery.lightbox.getByText('3.91 V')).toBeVisible();
    expect(await seriousFaults(gallery)).toEqual([]);
  });
}
