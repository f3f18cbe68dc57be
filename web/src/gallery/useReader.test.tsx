// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Image } from '../api/gallery';
import { useReader } from './useReader';

const image = (id: string) => ({ id }) as Image;

function reader() {
  const known = new Map<number, Image>();
  const subscribers = new Set<() => void>();
  const album = {
    at: (index: number) => known.get(index),
    subscribe: (subscriber: () => void) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
  const onOpen = vi.fn();
  const { result } = renderHook(() => useReader(album, onOpen));
  const learn = (index: number, id: string) =>
    act(() => {
      known.set(index, image(id));
      for (const tell of subscribers) tell();
    });
  return { learn, onOpen, now: () => result.current };
}

test('opens a picture that is known', () => {
  const { onOpen, now } = reader();
  act(() => now().openAt({ index: 3, image: image('a') }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(image('a'));
  expect(now().position.index).toBe(3);
});

test('opens a picture when it becomes known, once', () => {
  const { learn, onOpen, now } = reader();
  act(() => now().openAt({ index: 3, image: undefined }));
  learn(2, 'neighbour');
  expect(onOpen).not.toHaveBeenCalled();
  learn(3, 'a');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(image('a'));
  expect(now().position.image).toEqual(image('a'));
  learn(3, 'b');
  expect(onOpen).toHaveBeenCalledOnce();
});

test('does not open what the reader has left', () => {
  const { learn, onOpen, now } = reader();
  act(() => now().openAt({ index: 3, image: undefined }));
  act(() => now().moveTo({ index: 9, image: undefined }));
  learn(3, 'a');
  learn(9, 'b');
  expect(onOpen).not.toHaveBeenCalled();
});
