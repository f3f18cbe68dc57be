import type { Page } from '@playwright/test';
import { looksSound } from './look';
import { lookedAgain } from './pictures';
import type { TestServer } from './server';
import { expect, test } from './test';

const MINUTE_MS = 60_000;
const NOON = Date.parse('2024-11-22T12:00:00Z');
const MOTH = { label: 'Codling moth', score: 0.873, box: { x: 0.25, y: 0.5, width: 0.25, height: 0.25 } };

/** As a program tells it. */
async function tell(server: TestServer, image: string, source: string, detections: object[]): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/images/${image}/detections`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ source, detections }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}

const boxes = (page: Page) => page.getByRole('list', { name: 'Found in the picture' });

/** Where the box is, in shares of the picture as it is seen. */
async function placeOfBox(page: Page): Promise<number[]> {
  const box = await boxes(page).getByRole('listitem').boundingBox();
  const picture = await boxes(page).boundingBox();
  if (!box || !picture) return [];
  return [
    (box.x - picture.x) / picture.width,
    (box.y - picture.y) / picture.height,
    box.width / picture.width,
    box.height / picture.height,
  ].map((share) => Math.round(share * 100) / 100);
}

test('what a program found is drawn, and follows the picture', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  const camera = server.addCamera('Trap');
  const { id } = await server.uploadFrom(camera, NOON);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  await expect(lightbox.getByText('Trap', { exact: true })).toBeVisible();
  await expect(lightbox.getByRole('button', { name: 'Boxes of what was found' })).toBeHidden();

  // While somebody looks.
  await tell(server, id, 'Yolo', [MOTH, { label: 'rain', score: 0.5 }]);
  await expect(boxes(page)).toHaveText('codling moth 87 %');
  await expect.poll(() => placeOfBox(page)).toEqual([0.25, 0.5, 0.25, 0.25]);
  await page.keyboard.press('r');
  await expect.poll(() => placeOfBox(page)).toEqual([0.25, 0.25, 0.25, 0.25]);
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await expect.poll(() => placeOfBox(page)).toEqual([0.25, 0.5, 0.25, 0.25]);
  // Its words stay as large as they are.
  const words = boxes(page).getByText('codling moth');
  const height = (await words.boundingBox())?.height ?? 0;
  await page.keyboard.press('1');
  await expect(lightbox.getByLabel('Size')).toHaveText('100 %');
  await expect.poll(async () => (await words.boundingBox())?.height).toBeCloseTo(height, 0);
  await expect.poll(() => placeOfBox(page)).toEqual([0.25, 0.5, 0.25, 0.25]);
  await page.keyboard.press('0');

  await page.keyboard.press('i');
  const facts = lightbox.getByRole('complementary', { name: 'Facts' });
  await expect(facts.getByText(/^87 % by .?yolo/)).toBeVisible();
  await expect(facts.getByText(/^50 % by .?yolo/)).toBeVisible();
  await looksSound(page, 'boxes');
  await page.setViewportSize({ width: 1440, height: 900 });

  const button = lightbox.getByRole('button', { name: 'Boxes of what was found' });
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('b');
  await expect(boxes(page)).toBeHidden();
  await page.reload();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await expect(boxes(page)).toBeHidden();
  await button.click();
  await expect(boxes(page)).toBeVisible();
});

test('a label filters the gallery', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('Trap');
  const ids: string[] = [];
  for (const minute of [0, 1, 2]) ids.push((await server.uploadFrom(camera, NOON + minute * MINUTE_MS)).id);
  await tell(server, ids[1] ?? '', 'Yolo', [MOTH, MOTH]);
  await gallery.open(server.url);
  await expect(gallery.pictures).toHaveCount(3);
  await page.getByRole('button', { name: 'Filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  await expect(dialog.locator('option[value="codling moth"]')).toBeAttached();
  await dialog.getByLabel('Label').fill('Codling moth');
  await looksSound(page, 'filter');
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(gallery.pictures).toHaveCount(1);
  await expect(page).toHaveURL(/label=Codling\+moth/);

  // One more is found, and one was none.
  await tell(server, ids[2] ?? '', 'Yolo', [MOTH]);
  await expect(gallery.pictures).toHaveCount(2);
  await tell(server, ids[1] ?? '', 'Yolo', []);
  await expect(gallery.pictures).toHaveCount(1);
  await page.getByRole('button', { name: /^Without .?Label: Codling moth/ }).click();
  await expect(gallery.pictures).toHaveCount(3);
});

test('what moved is shown as it comes', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  const camera = server.addCamera('Yard');
  const now = Date.now();
  await server.uploadFrom(camera, now - 3 * MINUTE_MS, undefined, lookedAgain(1, 0));
  await gallery.open(`${server.url}/?motion=true`);
  await expect(page.getByText('No picture fits this filter')).toBeVisible();
  await server.uploadFrom(camera, now - 2 * MINUTE_MS, undefined, lookedAgain(2, 0));
  await server.uploadFrom(camera, now - MINUTE_MS, undefined, lookedAgain(3, 0.1));
  // It is found out in time that nobody else wants.
  await expect(gallery.pictures).toHaveCount(1, { timeout: 120_000 });
  await gallery.picture(0).click();
  await lightbox.getByRole('button', { name: 'Facts' }).click();
  const facts = lightbox.getByRole('complementary', { name: 'Facts' });
  await expect(facts.getByText(/^\d+ % changed since the picture before$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Without With motion' }).click();
  await expect(gallery.pictures).toHaveCount(3);
});
