import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchLog } from '../api/telemetry';
import { fetchCommands, fetchSettings, sendCommand, setSettings, type SettingValues } from '../api/orders';

/** Everything below it is read again when the server says that an order has changed. */
export const ORDERS_KEY = ['orders'];

// "Take a picture" means now: a camera that comes an hour later should not take it.
const NOW_MS = 10 * 60_000;
// A log is wanted of a camera that has trouble: whenever it comes.
const LATER_MS = 24 * 3_600_000;

export function useCommands(camera: string) {
  return useQuery({
    queryKey: [...ORDERS_KEY, camera, 'commands'],
    queryFn: ({ signal }) => fetchCommands(camera, signal),
  });
}

export function useTakePicture(camera: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendCommand(camera, 'capture', NOW_MS),
    onSettled: () => queries.invalidateQueries({ queryKey: ORDERS_KEY }),
  });
}

/** Asks for the camera's log; what comes of it stands among the commands. */
export function useAskForLog(camera: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendCommand(camera, 'send-log', LATER_MS),
    onSettled: () => queries.invalidateQueries({ queryKey: ORDERS_KEY }),
  });
}

/** The last one that it sent. */
export function useLog(camera: string) {
  return useQuery({
    queryKey: [...ORDERS_KEY, camera, 'log'],
    queryFn: ({ signal }) => fetchLog(camera, signal),
  });
}

export function useSettings(camera: string) {
  return useQuery({
    queryKey: [...ORDERS_KEY, camera, 'settings'],
    queryFn: ({ signal }) => fetchSettings(camera, signal),
  });
}

export function useChangeSettings(camera: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, values }: { version: number; values: SettingValues }) =>
      setSettings(camera, version, values),
    onSettled: () => queries.invalidateQueries({ queryKey: ORDERS_KEY }),
  });
}
