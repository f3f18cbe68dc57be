// @vitest-environment jsdom
import { fireEvent, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ControllerRef } from 'yet-another-react-lightbox';
import { useLostKeys } from './useLostKeys';

function viewer() {
  const told: string[] = [];
  const tell = (what: string) => vi.fn(() => void told.push(what));
  const ref = { focus: tell('focus'), prev: tell('prev'), next: tell('next'), close: tell('close') };
  renderHook(() => useLostKeys({ current: ref as unknown as ControllerRef }));
  return told;
}

it.each([
  ['ArrowLeft', ['focus', 'prev']],
  ['ArrowRight', ['focus', 'next']],
  ['Escape', ['focus', 'close']],
  ['s', ['focus']],
])('hears %s where nothing has the focus', (key, expected) => {
  const told = viewer();
  fireEvent.keyDown(document.body, { key });
  expect(told).toEqual(expected);
});

it('leaves a key to whatever has the focus', () => {
  const told = viewer();
  const button = document.body.appendChild(document.createElement('button'));
  fireEvent.keyDown(button, { key: 'ArrowLeft' });
  expect(told).toEqual([]);
});
