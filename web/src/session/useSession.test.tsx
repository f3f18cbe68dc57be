// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/http';
import { fetchSession, type Session } from '../api/session';
import { useSession } from './useSession';

vi.mock('../api/session');

const refused = vi.hoisted(() => ({ tell: (): void => undefined }));
vi.mock(import('../api/http'), async (original) => ({
  ...(await original()),
  onRefusal: (listener: () => void) => {
    refused.tell = listener;
    return () => undefined;
  },
}));

const NOBODY: Session = { login: true, needs_set_up: false, openid: null, person: null, csrf: null };
const OWNER: Session = {
  ...NOBODY,
  person: {
    id: 'a',
    name: 'owner',
    password: true,
    second_factor: false,
    role: 'administrator',
    cameras: [],
  },
  csrf: 'c',
};

beforeEach(() => {
  vi.mocked(fetchSession).mockReset().mockResolvedValue(OWNER);
});

async function signedIn() {
  const { result } = renderHook(() => useSession());
  await waitFor(() => expect(result.current.session).toEqual(OWNER));
  return result;
}

it('asks once for all that was refused at once, and believes the answer', async () => {
  const result = await signedIn();
  vi.mocked(fetchSession).mockResolvedValue(NOBODY);
  act(() => {
    refused.tell();
    refused.tell();
    refused.tell();
  });
  await waitFor(() => expect(result.current.session).toEqual(NOBODY));
  expect(fetchSession).toHaveBeenCalledTimes(2);
});

it('lets nobody go because the server is away', async () => {
  const result = await signedIn();
  vi.mocked(fetchSession).mockRejectedValue(new ApiError(503, 'busy'));
  act(() => result.current.recheck());
  await waitFor(() => expect(result.current.error).not.toBeNull(), { timeout: 4_000 });
  expect(result.current.session).toEqual(OWNER);
});

it('takes in who has just come', async () => {
  vi.mocked(fetchSession).mockResolvedValue(NOBODY);
  const { result } = renderHook(() => useSession());
  await waitFor(() => expect(result.current.session).toEqual(NOBODY));
  act(() => result.current.enter(OWNER));
  await waitFor(() => expect(result.current.session).toEqual(OWNER));
  expect(fetchSession).toHaveBeenCalledOnce();
});
