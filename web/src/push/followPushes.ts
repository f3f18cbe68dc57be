// The part of the service worker that tells: what is pushed, and where a click on it leads.
import type { WorkerScope } from '../pwa/workerScope';
import { pageToLead } from './leading';
import { noticeOf, pathOf } from './notice';
import { subscribeAgain } from './subscribing';

/** `worker`: as long as it starts, for browsers listen to nothing that is said later. */
export function followPushes(worker: WorkerScope): void {
  const { registration, clients, location } = worker;

  async function show(text: string): Promise<void> {
    const { title, options } = noticeOf(text, location.origin, Date.now());
    await registration.showNotification(title, options);
  }

  async function lead(notification: Notification): Promise<void> {
    notification.close();
    const path = pathOf(notification.data, location.origin);
    const page = pageToLead(await clients.matchAll({ type: 'window' }));
    // One that was closed a moment ago cannot be led.
    const led = await page
      ?.focus()
      .then(() => page.navigate(path))
      .then(Boolean, () => false);
    if (led !== true) await clients.openWindow(path);
  }

  worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.text() ?? '')));
  worker.addEventListener('notificationclick', (event) => event.waitUntil(lead(event.notification)));
  worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(registration)));
}
