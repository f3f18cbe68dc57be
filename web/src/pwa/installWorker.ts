/** Installs the service worker, or finds it installed. Fails where the browser does not trust the server's certificate. */
export function installWorker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register('/sw.js');
}

// The first view's files, over a slow link.
const READY_MAX_MS = 30_000;

/** The same, once it works. */
export async function workerAtWork(): Promise<ServiceWorkerRegistration> {
  await installWorker();
  const { ready } = navigator.serviceWorker;
  // One that cannot be installed is waited for in vain.
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new DOMException('the worker did not start', 'TimeoutError')), READY_MAX_MS);
  });
  return Promise.race([ready, late]);
}
