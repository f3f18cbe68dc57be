// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ApiError } from '../api/http';
import { beginOpenId } from '../api/session';
import { makeQueries } from '../queries';
import { ContinueWith } from './ContinueWith';

vi.mock('../api/session', () => ({ beginOpenId: vi.fn() }));

function press(link?: string) {
  render(
    <QueryClientProvider client={makeQueries()}>
      <ContinueWith name="Farm ID" {...(link !== undefined && { link })} />
    </QueryClientProvider>,
  );
  return userEvent.click(screen.getByRole('button', { name: 'Continue with Farm ID' }));
}

it('goes to the provider, to come back to where the reader is', async () => {
  window.history.replaceState(null, '', '/?camera=06fk2r8m0q3zt');
  vi.mocked(beginOpenId).mockResolvedValue('#there');
  await press('lnk_aB3');
  expect(beginOpenId).toHaveBeenCalledWith('/?camera=06fk2r8m0q3zt', 'lnk_aB3');
  expect(window.location.hash).toBe('#there');
});

it('says when the provider is not there', async () => {
  vi.mocked(beginOpenId).mockRejectedValue(new ApiError(503, 'Farm ID does not answer as it should'));
  await press();
  expect((await screen.findByRole('alert')).textContent).toBe('Farm ID does not answer as it should.');
});
