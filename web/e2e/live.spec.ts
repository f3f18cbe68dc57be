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

    await gallery.page.getByRole('link', { name: 'Watch live' }).click();
    const live = gallery.page.getByRole('region', { name: 'North orchard, live' });
    const picture = live.locator('canvas');
    await expect(live.getByRole('img', { name: 'North orchard as it is now' })).toBeVisible();
    await expect(live.getByTestId('live-words')).toHaveText(/^\d+\.\d s behind · \d+\.\d pictures a second/);
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
    await gallery.page.getByRole('link', { name: 'Watch live' }).click();
    const live = gallery.page.getByRole('region', { name: 'North orchard, live' });
    const keep = live.getByRole('region', { name: 'Keep pictures' });
    await keep.getByRole('button', { name: 'Keep this picture' }).click();
    await expect(keep.getByRole('status')).toHaveText('Kept, and in the gallery');
    await live.getByLabel('Keep', { exact: true }).selectOption('One every 5 seconds');
    await expect(keep.getByRole('status')).toContainText('by the clock: 2 pictures', { timeout: 15_000 });
    await live.getByLabel('Keep', { exact: true }).selectOption('None by itself');
    await live.getByRole('link', { name: 'All its pictures' }).click();
    await expect(gallery.pictures).toHaveCount(4);
    await gallery.picture(0).click();
    await expect(gallery.lightbox).toBeVisible();
  });
});
