import type { TestCamera, TestServer } from './server';

/** A camera sends what is no picture, and there is an alert of it: where two looks found it, and the server looks when it starts. */
export async function openAlert(server: TestServer, { key }: TestCamera): Promise<void> {
  const { ok } = await fetch(`${server.url}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'image/jpeg' },
    body: 'GIF89a',
  });
  if (ok) throw new Error('it was taken for a picture');
  for (let looks = 0; looks < 2; looks += 1) {
    await server.stop();
    await server.start();
  }
}
