// A camera that is watched: the real server, and the real camera with its drawn orchard.
import { metric, withCamera } from './live-camera';
import { expect, test } from './test';

const LEASE_MS = 10_000;

test('shows a camera as it is now, and lets it rest when nobody looks', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  await withCamera(server, camera, async () => {
    await expect.poll(() => metric(server, 'heliograph_live_links')).toBe(1);
    await gallery.open(`${server.url}/?camera=${camera.id}`);
    const frames = () => metric(server, 'heliograph_live_frames_total');
    expect(await frames()).toBe(0);

    await gallery.page.getByRole('button', { name: 'Watch live' }).click();
    const dialog = gallery.page.getByRole('dialog', { name: 'North orchard, live' });
    const picture = dialog.locator('canvas');
    await expect(dialog.getByRole('img', { name: 'North orchard as it is now' })).toBeVisible();
    await expect(dialog.getByTestId('live-words')).toHaveText(
      /^\d+\.\d s behind · \d+\.\d pictures a second/,
    );
    const drawn = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await drawn();
    await expect.poll(drawn).not.toBe(first);

    await gallery.page.close();
    await expect.poll(() => metric(server, 'heliograph_live_watchers')).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS));
    const sent = await frames();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await frames()).toBe(sent);
  });
});

test('keeps the picture that is seen, and one every few seconds', async ({ server, gallery }) => {
  const camera = server.addCamera('North orchard');
  await withCamera(server, camera, async () => {
    await expect.poll(() => metric(server, 'heliograph_live_links')).toBe(1);
    await gallery.open(`${server.url}/?camera=${camera.id}`);
    // What the camera sends by itself when it starts.
    await expect(gallery.pictures).toHaveCount(1);
    await gallery.page.getByRole('button', { name: 'Watch live' }).click();
    const dialog = gallery.page.getByRole('dialog', { name: 'North orchard, live' });
    await dialog.getByRole('button', { name: 'Keep this picture' }).click();
    await expect(dialog.getByRole('status')).toHaveText('Kept, and in the gallery');
    await expect(gallery.pictures).toHaveCount(2);
    await dialog.getByLabel('Keep', { exact: true }).selectOption('One every 5 seconds');
    await expect(dialog.getByRole('status')).toContainText('by the clock: 2 pictures', { timeout: 15_000 });
    await dialog.getByLabel('Keep', { exact: true }).selectOption('None by itself');
    await expect(gallery.pictures).toHaveCount(4);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await gallery.picture(0).click();
    await expect(gallery.lightbox).toBeVisible();
  });
});
