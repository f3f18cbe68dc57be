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
