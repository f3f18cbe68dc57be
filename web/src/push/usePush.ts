import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlertKind } from '../api/alerts';
import {
  fetchPush,
  removeSubscription,
  setSubscriptionKinds,
  trySubscription,
  type Push,
  type PushSubscriptionFacts,
} from '../api/push';
import { workerAtWork } from '../pwa/installWorker';
import { problemWords } from '../ui/troubleWords';
import { useToasts } from '../ui/toasts';
import { abilities, whyNotTold } from './ability';
import { browserTrouble } from './browserTrouble';
import { ownSubscription } from './ownSubscription';
import { standingOf, type Standing } from './standing';
import { keyOf, subscribe, unsubscribe } from './subscribing';

const SERVER_KEY = ['push', 'server'];
const BROWSER_KEY = ['push', 'browser'];
const CHOOSING_KEY = ['push', 'kinds'];

/** What this browser has, and may. */
async function readBrowser() {
  const inability = whyNotTold(abilities());
  if (inability) return { inability, subscribed: undefined, own: undefined };
  const registration = await navigator.serviceWorker.getRegistration();
  const made = await registration?.pushManager.getSubscription();
  const subscribed = made ? { endpoint: made.endpoint, key: keyOf(made) } : undefined;
  return { inability, subscribed, own: await ownSubscription() };
}

async function switchOn(publicKey: string, kinds: readonly AlertKind[]): Promise<void> {
  // First, while the press of the button counts as a wish.
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') throw new DOMException(permission, 'NotAllowedError');
  await subscribe(await workerAtWork(), publicKey, kinds);
}

async function switchOff(id: string): Promise<void> {
  await unsubscribe(await workerAtWork(), id);
}

/** What goes wrong in the browser is said in words. */
async function inWords(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    throw browserTrouble(error);
  });
}

const without = (push: Push, id: string): Push => ({
  ...push,
  subscriptions: push.subscriptions.filter((one) => one.id !== id),
});

/** What browsers are told: of this account, and of this browser among them. */
export function usePush() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const server = useQuery({ queryKey: SERVER_KEY, queryFn: ({ signal }) => fetchPush(signal) });
  // What a browser may is changed past the page.
  const browser = useQuery({ queryKey: BROWSER_KEY, queryFn: readBrowser, refetchOnWindowFocus: true });

  /** Shows at once what will be true; returns how to show again what was. */
  const foresee = async (change: (push: Push) => Push) => {
    const before = queries.getQueryData<Push>(SERVER_KEY);
    const show = () => before && queries.setQueryData(SERVER_KEY, change(before));
    show();
    // A reading that is given up puts back what was shown when it began.
    await queries.cancelQueries({ queryKey: SERVER_KEY });
    show();
    return () => queries.setQueryData(SERVER_KEY, before);
  };
  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey: SERVER_KEY });
    await queries.invalidateQueries({ queryKey: BROWSER_KEY });
  };
  const failed = (error: Error) => toasts.show({ words: problemWords(error), tone: 'trouble' });

  const attempt = useMutation({ mutationFn: (id: string) => trySubscription(id), onSettled: readAgain });
  const on = useMutation({
    mutationFn: ({ publicKey, kinds }: { publicKey: string; kinds: readonly AlertKind[] }) =>
      inWords(switchOn(publicKey, kinds)),
    // What came of a try was of another subscription.
    onMutate: attempt.reset,
    onSettled: readAgain,
  });
  const off = useMutation({
    mutationFn: ({ id }: PushSubscriptionFacts) => inWords(switchOff(id)),
    onMutate: ({ id }) => {
      attempt.reset();
      return foresee((push) => without(push, id));
    },
    onSuccess: (_, { kinds }) => {
      const publicKey = server.data?.public_key;
      toasts.show({
        words: 'This browser is told nothing any more',
        ...(publicKey !== undefined && {
          action: { label: 'Undo', run: () => on.mutate({ publicKey, kinds }) },
        }),
      });
    },
    onError: (error, _, goBack) => {
      goBack?.();
      failed(error);
    },
    onSettled: readAgain,
  });
  const choose = useMutation({
    mutationFn: ({ id, kinds }: { id: string; kinds: AlertKind[] }) => setSubscriptionKinds(id, kinds),
    mutationKey: CHOOSING_KEY,
    // One after the other: the last choice is the one that counts.
    scope: { id: 'push kinds' },
    onMutate: ({ id, kinds }) =>
      foresee((push) => ({
        ...push,
        subscriptions: push.subscriptions.map((one) => (one.id === id ? { ...one, kinds } : one)),
      })),
    onError: (error, _, goBack) => {
      goBack?.();
      failed(error);
    },
    // While another choice is on its way, the server does not know it yet.
    onSettled: () => (queries.isMutating({ mutationKey: CHOOSING_KEY }) === 1 ? readAgain() : undefined),
  });
  const remove = async (id: string) => {
    await removeSubscription(id);
    await readAgain();
  };

  const standing: Standing | undefined =
    server.data && browser.data && standingOf(browser.data.subscribed, browser.data.own, server.data);
  return { server, inability: browser.data?.inability, standing, on, off, choose, attempt, remove };
}
