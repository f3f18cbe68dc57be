// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { fetchRollouts } from '../api/firmware';
import { followChanges, type ChangeListener } from '../live/changes';
import { VisitProvider } from '../session/visit';
import { useRollouts } from './useFirmware';

vi.mock('../api/firmware');
vi.mock('../live/changes');

const recheck = vi.fn();
const visit = { login: true, person: { name: 'owner' } as never, openid: null, returned: undefined, recheck };

function Around({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={new QueryClient()}>
      <VisitProvider value={visit}>{children}</VisitProvider>
    </QueryClientProvider>
  );
}

const stop = vi.fn();
let listener: ChangeListener;

beforeEach(() => {
  vi.clearAllMocks();
  vi.mocked(fetchRollouts).mockResolvedValue([]);
  vi.mocked(followChanges).mockImplementation((given) => {
    listener = given;
    return stop;
  });
});

it('reads rollouts again when the server tells of one, and at no other time', async () => {
  const { result, unmount } = renderHook(() => useRollouts(), { wrapper: Around });
  await waitFor(() => expect(result.current.data).toEqual([]));
  expect(fetchRollouts).toHaveBeenCalledTimes(1);
  act(() => listener.onRollout?.());
  await waitFor(() => expect(fetchRollouts).toHaveBeenCalledTimes(2));
  act(() => listener.onOutdated());
  await waitFor(() => expect(fetchRollouts).toHaveBeenCalledTimes(3));
  unmount();
  expect(stop).toHaveBeenCalledOnce();
});

it('asks who is signed in when the stream ends', () => {
  renderHook(() => useRollouts(), { wrapper: Around });
  act(() => listener.onState('live'));
  expect(recheck).not.toHaveBeenCalled();
  act(() => listener.onState('reconnecting'));
  expect(recheck).toHaveBeenCalledOnce();
});
