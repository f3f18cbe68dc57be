// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { fetchAlerts, type AlertPage } from '../api/alerts';
import { ApiError } from '../api/http';
import { VisitProvider } from '../session/visit';
import { anAlert } from './anAlert';
import AlertsPage from './AlertsPage';

vi.mock('../api/alerts');
vi.mock('../pages/PageFrame', () => ({ PageFrame: ({ children }: { children: ReactNode }) => children }));
vi.mock(import('../api/gallery'), async (original) => ({
  ...(await original()),
  fetchCameras: () => Promise.resolve([]),
}));

const visit = {
  login: true,
  person: { name: 'owner' } as never,
  openid: null,
  returned: undefined,
  recheck: () => undefined,
};

function open(address = '/?page=alerts') {
  window.history.replaceState(null, '', address);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <VisitProvider value={visit}>
        <AlertsPage />
      </VisitProvider>
    </QueryClientProvider>,
  );
}

const NONE: AlertPage = { alerts: [], next: null };
const answer = { open: NONE, over: NONE, older: NONE };

beforeEach(() => {
  Object.assign(answer, { open: NONE, over: NONE, older: NONE });
  vi.mocked(fetchAlerts).mockImplementation(({ open, before }) =>
    Promise.resolve(open ? answer.open : before === undefined ? answer.over : answer.older),
  );
});

const panel = (name: string) => within(screen.getByRole('region', { name }));

it('tells what is open before what is over, and leads to each camera', async () => {
  answer.open = { alerts: [anAlert()], next: null };
  answer.over = {
    alerts: [anAlert({ id: 'b', kind: 'storage', camera_id: null, camera: null, closed_at: 1 })],
    next: null,
  };
  open();
  const weir = await panel('Open').findByRole('link', { name: 'Weir' });
  expect(weir.getAttribute('href')).toBe('/?page=camera&camera=06fk2r8m0q400');
  expect(panel('Open').getByRole('listitem').textContent).toContain('Silent');
  const server = await panel('Over').findByRole('link', { name: 'The server' });
  expect(server.getAttribute('href')).toBe('/?page=server');
});

it('says that there is nothing, and only when it knows', async () => {
  open();
  expect(panel('Open').queryByText('Nothing needs anybody.')).toBeNull();
  expect(await panel('Open').findByText('Nothing needs anybody.')).toBeDefined();
  expect(await panel('Over').findByText('Nothing was wrong yet.')).toBeDefined();
});

it('says what went wrong, and tries again', async () => {
  vi.mocked(fetchAlerts).mockRejectedValue(new ApiError(503, 'too busy'));
  open();
  expect((await panel('Open').findByRole('alert')).textContent).toBe('Too busy.');
  vi.mocked(fetchAlerts).mockResolvedValue({ alerts: [anAlert()], next: null });
  await userEvent.click(await panel('Open').findByRole('button', { name: 'Try again' }));
  expect(await panel('Open').findByRole('link', { name: 'Weir' })).toBeDefined();
});

it('asks for older ones where the page before ended', async () => {
  answer.over = { alerts: [anAlert({ closed_at: 1 })], next: 'there' };
  answer.older = { alerts: [anAlert({ id: 'b', camera: 'Barn', closed_at: 1 })], next: null };
  open();
  await userEvent.click(await panel('Over').findByRole('button', { name: 'Show older ones' }));
  expect(await panel('Over').findByRole('link', { name: 'Barn' })).toBeDefined();
  expect(vi.mocked(fetchAlerts).mock.lastCall?.[0]).toEqual({ open: false, before: 'there' });
  expect(panel('Over').queryByRole('button', { name: 'Show older ones' })).toBeNull();
});

it('asks for the camera of its address', async () => {
  open('/?page=alerts&camera=06fk2r8m0q400');
  await panel('Open').findByText('Nothing needs anybody.');
  for (const [query] of vi.mocked(fetchAlerts).mock.calls)
    expect(query).toMatchObject({ camera: '06fk2r8m0q400' });
});
