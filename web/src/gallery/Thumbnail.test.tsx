// @vitest-environment jsdom
import { act, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Image } from '../api/gallery';
import { ThumbnailNews, ThumbnailNewsProvider } from '../live/thumbnails';
import { Thumbnail } from './Thumbnail';

const IMAGE = {
  id: '06fk2r8m0q3zt',
  camera_id: '06fk2r8m0q3zs',
  filename: 'a.jpg',
  captured_at: 0,
  received_at: 0,
  width: 640,
  height: 480,
  size_bytes: 3000,
  starred: false,
  salvaged: false,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function show(image: Image = IMAGE) {
  const news = new ThumbnailNews();
  const { container } = render(
    <ThumbnailNewsProvider value={news}>
      <Thumbnail image={image} />
    </ThumbnailNewsProvider>,
  );
  const element = () => {
    const img = container.querySelector('img');
    if (!img) throw new Error('no image');
    return img;
  };
  return { news, container, element };
}

it('appears when it is there', () => {
  const { element } = show();
  expect(element().dataset.state).toBe('loading');
  fireEvent.load(element());
  expect(element().dataset.state).toBe('shown');
});

it('is there at once where it was drawn before the program was there', () => {
  const wall = document.createElement('div');
  wall.className = 'first-look-wall';
  wall.innerHTML = '<img src="/thumbnails/a.jpg">';
  document.body.append(wall);
  const [drawn] = wall.getElementsByTagName('img');
  if (!drawn) throw new Error('no image');
  expect(show().element().dataset.state).toBe('loading');
  Object.defineProperties(drawn, { complete: { value: true }, naturalWidth: { value: 320 } });
  const { container, element } = show({ ...IMAGE, placeholder: '2IgABYAAAAAAAAAAAAAAAAAAAAA=' });
  expect(element().dataset.state).toBe('shown');
  expect(container.querySelector('canvas')).toBeNull();
  wall.remove();
});

it('shows its colours until it is there', () => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  const { container, element } = show({ ...IMAGE, placeholder: '2IgABYAAAAAAAAAAAAAAAAAAAAA=' });
  expect(container.querySelector('canvas')).not.toBeNull();
  fireEvent.load(element());
  expect(container.querySelector('canvas')).toBeNull();
});

it('asks again the moment it is made', () => {
  const { news, element } = show();
  const first = element();
  fireEvent.error(first);
  act(() => news.made('another'));
  expect(element()).toBe(first);
  act(() => news.made(IMAGE.id));
  expect(element()).not.toBe(first);
  expect(element().getAttribute('src')).toBe('/thumbnails/a.jpg');
});

it('asks again a few times, then says that there is none', () => {
  const { container, element } = show();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    expect(container.querySelector('svg')).toBeNull();
    fireEvent.error(element());
    act(() => void vi.advanceTimersByTime(60_000));
  }
  expect(container.querySelector('svg')).not.toBeNull();
});
