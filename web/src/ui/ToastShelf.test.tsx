// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';
import { ToastShelf } from './ToastShelf';
import { Toasts, ToastsProvider } from './toasts';

beforeAll(() => {
  // jsdom has no top layer.
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLElement.prototype.hidePopover = () => undefined;
});

function shelf() {
  const toasts = new Toasts();
  render(
    <ToastsProvider value={toasts}>
      <ToastShelf />
    </ToastsProvider>,
  );
  return toasts;
}

const status = () => screen.getByRole('status').textContent;

it('reads a message out from a place that was there before it', () => {
  const toasts = shelf();
  const place = screen.getByRole('status');
  expect(place.textContent).toBe('');
  act(() => void toasts.show({ words: 'Weir went silent' }));
  expect(screen.getByRole('status')).toBe(place);
  expect(place.textContent).toBe('Weir went silent');
});

it('is reached by a key, does what it offers, and goes', async () => {
  const toasts = shelf();
  const run = vi.fn();
  act(() => void toasts.show({ words: 'Removed.', action: { label: 'Undo', run } }));
  expect(status()).toBe('Removed. Undo: F8, then Enter.');
  await userEvent.keyboard('{F8}{Enter}');
  expect(run).toHaveBeenCalledOnce();
  expect(status()).toBe('');
});

it('is dismissed without doing it', async () => {
  const toasts = shelf();
  const run = vi.fn();
  act(() => void toasts.show({ words: 'Removed', action: { label: 'Undo', run } }));
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss: Removed', hidden: true }));
  expect(run).not.toHaveBeenCalled();
  expect(toasts.shown()).toEqual([]);
});

it('gives the focus back', async () => {
  const toasts = shelf();
  const before = document.body.appendChild(document.createElement('button'));
  before.focus();
  act(() => {
    toasts.show({ words: 'a' });
    toasts.show({ words: 'b' });
  });
  await userEvent.keyboard('{F8}{Enter}');
  expect(document.activeElement).toBe(before);
  before.remove();
});
