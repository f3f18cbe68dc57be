// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchAlerts } from '../api/alerts';
import { ApiError } from '../api/http';
import { CAMERAS_KEY } from '../gallery/useAlbum';
import { anAlert } from './anAlert';
import { useOpenAlerts } from './useOpenAlerts';

vi.mock('../api/alerts');
vi.mock(import('../api/gallery'), async (original) => ({
  ...(await original()),
  fetchCameras: () => Promise.resolve([]),
}));

const alerts = vi.mocked(fetchAlerts);

beforeEach(() => {
  vi.useFakeTimers();
  alerts.mockReset().mockResolvedValue({ alerts: [anAlert()], next: null });
});
afterEach(() => {
  vi.useRealTimers();
});

function look(enabled = true) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useOpenAlerts(enabled), { wrapper });
  return { result, queries };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it('asks when the pictures have had their time, and then along with the cameras', async () => {
  const { result } = look();
  await pass(2_900);
  expect(alerts).not.toHaveBeenCalled();
  await pass(100);
  // What was asked is answered.
  await pass(100);
  expect(result.current).toBe('1 open');
  await pass(56_000);
  expect(alerts).toHaveBeenCalledTimes(1);
  alerts.mockResolvedValue({ alerts: [], next: null });
  await pass(2_000);
  expect(alerts).toHaveBeenCalledTimes(2);
  expect(result.current).toBeUndefined();
});

it('does not ask with every picture of a busy fleet', async () => {
  const { queries } = look();
  await pass(3_100);
  for (let i = 0; i < 30; i += 1) {
    act(() => void queries.setQueryData(CAMERAS_KEY, []));
    await pass(1_000);
  }
  expect(alerts).toHaveBeenCalledTimes(1);
});

it('says nothing while it knows nothing, and asks again', async () => {
  alerts.mockRejectedValue(new ApiError(503, 'too busy'));
  const { result } = look();
  await pass(3_100);
  expect(result.current).toBeUndefined();
  alerts.mockResolvedValue({ alerts: [anAlert(), anAlert({ id: 'b' })], next: 'there' });
  await pass(61_000);
  expect(result.current).toBe('2 or more open');
});

it('asks nothing for somebody who may see nothing', async () => {
  look(false);
  await pass(120_000);
  expect(alerts).not.toHaveBeenCalled();
});
