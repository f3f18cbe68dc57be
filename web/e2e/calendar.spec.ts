import { looksSound } from './look';
import { expect, test } from './test';

const DAY_MS = 86_400_000;

test("shows a camera's days and its gaps", async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  const now = Date.now();
  for (const days of [20, 19, 12, 1, 0]) await server.uploadFrom(camera, now - days * DAY_MS);
  await page.goto(`${server.url}/?page=camera&camera=${camera.id}&tab=calendar`);
  const panel = page.getByRole('region', { name: 'Pictures a day' });
  // The twenty days may lie in two years: what is told of this one differs with the date.
  await expect(panel.getByRole('grid')).toHaveAccessibleName(/\d+ pictures? on \d+ days?, /);
  if (new Date(now - 21 * DAY_MS).getUTCFullYear() === new Date(now).getUTCFullYear()) {
    await expect(panel.getByRole('list', { name: 'Gaps' })).toContainText('10 days without a picture');
  }
  // A day says what it is: to a pointer, and to the keys that go from day to day.
  const words = panel.getByText(/^(Today|Yesterday): 1 picture$/);
  await panel
    .getByRole('gridcell', { name: /^(Today|Yesterday): 1 picture$/ })
    .last()
    .hover();
  await expect(words).toBeVisible();
  await panel.getByRole('link', { name: 'Time machine' }).hover();
  await expect(words).toHaveCount(0);
  await panel.getByRole('link', { name: 'Time machine' }).focus();
  await page.keyboard.press('Tab');
  await expect(words).toBeVisible();
  await page.keyboard.press('Home');
  await expect(panel.getByText(/^(Today|Yesterday|.* 1 January \d+): /)).toBeVisible();
  await looksSound(page, 'calendar');
});
