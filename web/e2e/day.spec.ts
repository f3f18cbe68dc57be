import { looksSound } from './look';
import type { TestServer } from './server';
import { expect, test, type Gallery } from './test';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEWEST = Date.parse('2024-11-30T12:00:00Z');
const DAYS = 30;

/** Four pictures on every second day, from 30 November back to 3 October; in Rome from one to four in the afternoon. */
async function everySecondDay(server: TestServer) {
  const camera = server.addCamera('North orchard');
  await server.uploadAll(
    camera,
    Array.from({ length: DAYS * 4 }, (_, i) => NEWEST - 2 * Math.floor(i / 4) * DAY_MS + (i % 4) * HOUR_MS),
  );
}

const dialog = ({ page }: Gallery) => page.getByRole('dialog', { name: 'Go to a day' });
const heading = ({ page }: Gallery, name: string) => page.getByRole('heading', { name, exact: true });

test('goes to a day by keyboard, or to the nearest that has pictures', async ({ server, gallery }) => {
  const { page } = gallery;
  await everySecondDay(server);
  await gallery.open(server.url);
  await expect(heading(gallery, 'Saturday 30 November 2024')).toBeVisible();
  await page.keyboard.press('d');
  const field = dialog(gallery).getByLabel('Day', { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('2024-11-30');
  await field.fill('2024-10-31');
  await field.press('Enter');
  await expect(dialog(gallery)).toHaveCount(0);
  await expect(heading(gallery, 'Thursday 31 October 2024')).toBeInViewport();
  await expect(page.getByRole('link', { name: 'Thursday 31 October 2024, 16:00:00' })).toBeFocused();

  await page.keyboard.press('d');
  await expect(field).toHaveValue('2024-10-31');
  await field.fill('2024-11-11');
  await field.press('Enter');
  await expect(gallery.messages.getByText('No pictures on 11 Nov 2024: here is 10 Nov 2024.')).toBeVisible();
  await expect(heading(gallery, 'Sunday 10 November 2024')).toBeInViewport();
  // Who thinks better of it stays where they are.
  await page.keyboard.press('d');
  await expect(dialog(gallery)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(gallery)).toHaveCount(0);
  await expect(heading(gallery, 'Sunday 10 November 2024')).toBeInViewport();
});

test('picks a day from those that the filter leaves', async ({ server, gallery }) => {
  const { page } = gallery;
  await everySecondDay(server);
  const camera = server.addCamera('Meadow');
  await server.uploadFrom(camera, Date.parse('2024-10-10T03:00:00Z'));
  await gallery.open(`${server.url}/?hours=4-6`);
  await expect(gallery.pictures).toHaveCount(1);
  await page.goto(`${server.url}/?hours=12-16`);
  await page.getByRole('button', { name: 'Go to a day' }).click();
  await expect(dialog(gallery).getByRole('button', { name: /3 pictures$/ })).toHaveCount(15);
  await dialog(gallery).getByRole('button', { name: 'The month before with pictures' }).click();
  await expect(dialog(gallery).getByRole('heading', { name: 'October 2024' })).toBeVisible();
  await expect(dialog(gallery).getByLabel('Day', { exact: true })).toHaveValue('2024-10-31');
  await expect(dialog(gallery).getByRole('button', { name: /^Thursday 10 October/ })).toHaveCount(0);
  await looksSound(page, 'day');
  await dialog(gallery)
    .getByRole('button', { name: 'Wednesday 9 October 2024: 2 pictures', exact: true })
    .click();
  await expect(dialog(gallery)).toHaveCount(0);
  await expect(heading(gallery, 'Wednesday 9 October 2024')).toBeInViewport();
});

test('finds a day in more than a browser can scroll through', async ({ server, gallery }) => {
  const { page } = gallery;
  await everySecondDay(server);
  // A picture a second for some weeks; none of them is ever shown.
  const start = Date.parse('2024-09-01T00:00:00Z');
  const counts = Array.from({ length: 60 * 24 }, () => 3_600);
  await page.route('**/api/v1/histogram*', (route) => route.fulfill({ json: { runs: [{ start, counts }] } }));
  await page.route('**/api/v1/images?*', () => undefined);
  await gallery.open(server.url);
  await expect(heading(gallery, 'Thursday 31 October 2024')).toBeVisible();
  for (const [day, name] of [
    ['2024-09-20', 'Friday 20 September 2024'],
    ['2024-10-15', 'Tuesday 15 October 2024'],
    ['2024-09-02', 'Monday 2 September 2024'],
  ] as const) {
    await page.keyboard.press('d');
    await dialog(gallery).getByLabel('Day', { exact: true }).fill(day);
    await page.keyboard.press('Enter');
    await expect(heading(gallery, name)).toBeInViewport();
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('goes to a day by taps', async ({ server, gallery }) => {
    const { page } = gallery;
    await everySecondDay(server);
    await gallery.open(server.url);
    await page.getByRole('button', { name: 'Go to a day' }).tap();
    await dialog(gallery).getByRole('button', { name: 'The month before with pictures' }).tap();
    await dialog(gallery)
      .getByRole('button', { name: /^Saturday 5 October/ })
      .tap();
    await expect(dialog(gallery)).toHaveCount(0);
    await expect(heading(gallery, 'Saturday 5 October 2024')).toBeInViewport();
  });
});
