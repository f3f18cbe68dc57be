// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/http';
import { Awaited } from './Awaited';

afterEach(cleanup);

function show(data: string | undefined, error: Error | null) {
  const refetch = vi.fn();
  render(
    <Awaited query={{ data, error, refetch }} what="the cameras">
      {(text) => <p>{text}</p>}
    </Awaited>,
  );
  return refetch;
}

it('holds the place of what is on its way', () => {
  show(undefined, null);
  expect(screen.getByRole('status').textContent).toBe('Loading the cameras');
  expect(screen.queryByRole('button')).toBeNull();
});

it('shows what has come, and nothing else', () => {
  show('two cameras', null);
  expect(screen.getByText('two cameras')).toBeTruthy();
  expect(screen.queryByRole('status')).toBeNull();
});

it('says what went wrong, and asks again when it is told to', async () => {
  const refetch = show(undefined, new ApiError(503, 'the database is busy'));
  expect(screen.getByRole('alert').textContent).toBe('The database is busy.');
  expect(screen.queryByText('What is shown is from before.')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(refetch).toHaveBeenCalledOnce();
});

it('keeps what was there, and says that it is old', () => {
  show('two cameras', new TypeError('fetch failed'));
  expect(screen.getByText('two cameras')).toBeTruthy();
  expect(screen.getByText('What is shown is from before.')).toBeTruthy();
});
