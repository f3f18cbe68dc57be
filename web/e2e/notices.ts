// Notifications, in the place of the push service and of the hand that a test has not.
import type { Page } from '@playwright/test';

/** As a push service would hand it over; the browser has decrypted it by then. */
export async function pushTo(page: Page, data: string): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    chromium.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [ours] }) => {
      if (ours) resolve(ours.registrationId);
    });
  });
  await chromium.send('ServiceWorker.enable');
  const { origin } = new URL(page.url());
  const registrationId = await registered;
  await chromium.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  await chromium.detach();
}

/** What is on the screen, the newest first. */
export async function shownNotices(page: Page) {
  return page.evaluate(async () => {
    const { ready } = navigator.serviceWorker;
    const all = await (await ready).getNotifications();
    return all.map(({ title, body, tag, silent, data }) => ({
      title,
      body,
      tag,
      silent,
      data: String(data),
    }));
  });
}

/** Presses a notification as a hand would, but for the right to come to the front, which only a hand has. */
export async function pressNotice(page: Page, tag: string): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('there is no worker');
  await worker.evaluate(async (wanted) => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      WindowClient: { prototype: { focus: () => Promise<void> } };
      NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
    };
    scope.WindowClient.prototype.focus = () => Promise.resolve();
    const [notification] = await scope.registration.getNotifications({ tag: wanted });
    if (!notification) throw new Error('there is no such notification');
    globalThis.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  }, tag);
}
