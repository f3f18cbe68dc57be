// Going through pictures one by one, and throwing away what is not worth keeping.
import type { TestServer } from './server';
import { expect, test, type Gallery } from './test';

const MINUTE_MS = 60_000;
// In Rome the newest is of 13:00:00, and each of the others a minute older.
const NEWEST = Date.parse('2024-11-22T12:00:00Z');

async function pictures(server: TestServer, count: number) {
  const camera = server.addCamera('North orchard');
  const receipts = [];
  for (let i = 0; i < count; i += 1) receipts.push(await server.uploadFrom(camera, NEWEST - i * MINUTE_MS));
  return receipts;
}

const shown = ({ lightbox }: Gallery, time: string) =>
  lightbox.getByText(`Friday 22 November 2024, ${time}`, { exact: true });

const undo = ({ messages }: Gallery, time: string) =>
  messages
    .getByRole('listitem')
    .filter({ hasText: `The picture of ${time} moved to the trash.` })
    .getByRole('button', { name: 'Undo' });

test('throws away what is open, one after the other, and each comes back by itself', async ({
  server,
  gallery,
}) => {
  const { page, lightbox } = gallery;
  await pictures(server, 5);
  await gallery.open(server.url);
  await gallery.picture(1).click();
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(shown(gallery, '12:58:00')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(shown(gallery, '12:57:00')).toBeVisible();
  await lightbox.getByRole('button', { name: 'Move to the trash' }).click();
  // The last of them: then the one before.
  await expect(shown(gallery, '12:56:00')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(shown(gallery, '13:00:00')).toBeVisible();

  // The first of four has made room.
  await expect(undo(gallery, '12:56:00')).toBeVisible();
  await expect(undo(gallery, '12:59:00')).toHaveCount(0);
  await undo(gallery, '12:58:00').click();
  await expect(shown(gallery, '12:58:00')).toBeVisible();
  await undo(gallery, '12:56:00').click();
  await expect(shown(gallery, '12:56:00')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(shown(gallery, '12:58:00')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(gallery.pictures).toHaveCount(3);
  await page.reload();
  await expect(gallery.pictures).toHaveCount(3);
});

test('closes behind the last, which comes back to the gallery', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  await pictures(server, 1);
  await gallery.open(server.url);
  await gallery.picture(0).click();
  await expect(shown(gallery, '13:00:00')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(lightbox).toBeHidden();
  await expect(page.getByRole('heading', { name: 'All pictures are in the trash' })).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/`);
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await expect(gallery.pictures).toHaveCount(1);
});

test('brings back what the server keeps, and says why', async ({ server, gallery }) => {
  const { page, lightbox, messages } = gallery;
  await pictures(server, 3);
  // From the beginning: a page takes a moment to send its requests another way.
  let unreachable = true;
  await page.route('**/api/v1/trash', (route) => (unreachable ? route.abort() : route.fallback()));
  await gallery.open(server.url);
  await gallery.picture(1).click();
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(messages.getByText('The server does not answer. Try again in a moment.')).toBeVisible();
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  unreachable = false;

  await page.keyboard.press('s');
  await expect(lightbox.getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Delete');
  await expect(messages.getByText('1 picture left: starred, and so kept.')).toBeVisible();
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  // What had the focus goes with its picture; the keys do not.
  await lightbox.getByRole('button', { name: 'Star' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(shown(gallery, '12:58:00')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(shown(gallery, '12:59:00')).toBeVisible();

  // Where something is written, the key is for that.
  await lightbox.getByRole('button', { name: 'Add a note' }).click();
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('moth');
  await note.press('Home');
  await note.press('Delete');
  await expect(note).toHaveValue('oth');
  await page.getByRole('dialog', { name: 'Note' }).getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(gallery.pictures).toHaveCount(3);
});

test('what somebody else throws away stays open', async ({ server, gallery }) => {
  const { page, lightbox } = gallery;
  const [, second] = await pictures(server, 3);
  await gallery.open(server.url);
  await gallery.picture(1).click();
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  await page.request.post(`${server.url}/api/v1/trash`, { data: { images: [second?.id] } });
  await expect(gallery.wall.locator('[data-index]')).toHaveCount(2);
  await expect(shown(gallery, '12:59:00')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(gallery.pictures).toHaveCount(2);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('throws away by a tap, and takes it back', async ({ server, gallery }) => {
    await pictures(server, 3);
    await gallery.open(server.url);
    await gallery.picture(0).tap();
    await expect(shown(gallery, '13:00:00')).toBeVisible();
    await gallery.lightbox.getByRole('button', { name: 'Move to the trash' }).tap();
    await expect(shown(gallery, '12:59:00')).toBeVisible();
    await undo(gallery, '13:00:00').tap();
    await expect(shown(gallery, '13:00:00')).toBeVisible();
  });
});
