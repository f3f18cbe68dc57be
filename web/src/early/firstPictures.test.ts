// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { drawFirstPictures, firstWallSize } from './firstPictures';

const HERE = { search: '', hash: '' };

beforeEach(() => {
  document.body.innerHTML = '<div class="first-look-wall"></div>';
  const wall = document.querySelector('div');
  if (wall) wall.getBoundingClientRect = () => new DOMRect(0, 0, 388, 640);
});

function answer(count: number, status = 200): Response {
  const images = Array.from({ length: count }, (_, i) => ({
    filename: `${i}.jpg`,
    captured_at: Date.parse('2026-11-22T12:30:00Z') - i * 1000,
    width: 640,
    height: 480,
  }));
  return Response.json({ images, next: null }, { status });
}

const drawn = () => [...document.images].map((image) => image.getAttribute('src'));

it('draws what is in view, the first row first, and leaves the answer whole', async () => {
  vi.useFakeTimers();
  const response = answer(100);
  await drawFirstPictures(Promise.resolve(response), HERE);
  expect(drawn()).toEqual(['/thumbnails/0.jpg', '/thumbnails/1.jpg', null, null, null, null, null, null]);
  vi.advanceTimersByTime(100);
  vi.useRealTimers();
  expect(drawn()).toEqual(Array.from({ length: 8 }, (_, i) => `/thumbnails/${i}.jpg`));
  expect(document.images[1]?.style.transform).toBe('translate(196px, 52px)');
  expect(document.querySelector('div')?.style.visibility).toBe('');
  expect(await response.json()).toHaveProperty('images.99');
});

it.each([
  ['of one camera', { search: '?camera=c', hash: '' }],
  ['with a picture open', { search: '?image=i', hash: '' }],
  ['by a link', { search: '', hash: '#link=l' }],
])('fetches, and does not show, what stands elsewhere: %s', async (_, location) => {
  await drawFirstPictures(Promise.resolve(answer(4)), location);
  expect(drawn()).toHaveLength(4);
  expect(document.querySelector('div')?.style.visibility).toBe('hidden');
});

it('draws nothing where nobody is signed in, or the program was faster', async () => {
  await drawFirstPictures(Promise.resolve(answer(3, 401)), HERE);
  document.body.innerHTML = '';
  await drawFirstPictures(Promise.resolve(answer(3)), HERE);
  expect(drawn()).toEqual([]);
});

it('knows the size of the wall as long as it stands', () => {
  expect(firstWallSize()).toMatchObject({ width: 388, height: 640 });
  document.body.innerHTML = '';
  expect(firstWallSize()).toBeUndefined();
});
