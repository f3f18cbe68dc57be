// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { ThemeToggle } from './ThemeToggle';

function systemPrefers(light: boolean) {
  const query = { matches: light, addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('matchMedia', () => query);
}

const shown = () => document.documentElement.dataset.theme;

beforeEach(() => localStorage.clear());

it('is dark by default, then light, then as the system says, and remembers', async () => {
  systemPrefers(true);
  const { unmount } = render(<ThemeToggle />);
  expect(shown()).toBe('dark');
  const button = screen.getByRole('button');
  await userEvent.click(button);
  expect(shown()).toBe('light');
  await userEvent.click(button);
  expect(button.getAttribute('aria-label')).toContain('Theme: system');
  expect(shown()).toBe('light');
  unmount();

  systemPrefers(false);
  render(<ThemeToggle />);
  expect(shown()).toBe('dark');
  expect(screen.getByRole('button', { name: /Theme: system/ })).toBeTruthy();
});
