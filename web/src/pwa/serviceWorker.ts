// The service worker, /sw.js: the page is there without a connection, to say that there is none, and what is pushed is
// shown. A program of its own: it shares no code with the page at run time, and is small, for a browser reads it again
// every day.
import { followPushes } from '../push/followPushes';
import { answeringOf } from './answering';
import type { WorkerScope } from './workerScope';

/** The files of the first view, written in by the build: a build with other files is another worker. */
declare const SHELL_FILES: readonly string[];

const worker = globalThis as unknown as WorkerScope;

const OURS = 'heliograph ';
// Of this build alone: what an older page had is gone with it.
const CACHE = OURS + SHELL_FILES.join(' ');

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache, or an old page would be kept with a new worker.
  await cache.addAll(['/', ...SHELL_FILES].map((url) => new Request(url, { cache: 'reload' })));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function shell(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match('/');
    if (kept) return kept;
    throw error;
  }
}

async function piece(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // Kept as it is used: whoever never opens the map does not pay for it.
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const answering = answeringOf(request, worker.location.origin);
  if (answering === 'shell') event.respondWith(shell(request));
  if (answering === 'piece') event.respondWith(piece(request));
});
followPushes(worker);
