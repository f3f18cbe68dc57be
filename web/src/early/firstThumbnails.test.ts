// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { fetchThumbnails } from './firstThumbnails';

const asked: string[] = [];

class FakeImage {
  set src(url: string) {
    asked.push(url);
  }
}

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

function answer(count: number, status = 200): Response {
  const images = Array.from({ length: count }, (_, i) => ({ filename: `${i}.jpg` }));
  return Response.json({ images, next: null }, { status });
}

it('asks for the thumbnails of a first screen, and leaves the answer whole', async () => {
  vi.stubGlobal('Image', FakeImage);
  const response = answer(100);
  await fetchThumbnails(Promise.resolve(response));
  expect(asked).toHaveLength(12);
  expect(asked[0]).toBe('/thumbnails/0.jpg');
  expect(await response.json()).toHaveProperty('images.99');
});

it('asks for none where nobody is signed in', async () => {
  vi.stubGlobal('Image', FakeImage);
  await fetchThumbnails(Promise.resolve(answer(3, 401)));
  expect(asked).toEqual([]);
});
