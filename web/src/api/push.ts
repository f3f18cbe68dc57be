// Which browsers are told of alerts while no page is open.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Push = components['schemas']['Push'];
export type PushSubscriptionFacts = components['schemas']['PushSubscription'];
export type PushInput = components['schemas']['PushInput'];
export type PushTried = components['schemas']['PushTried'];

export async function fetchPush(signal: AbortSignal): Promise<Push> {
  return dataOf(await client.GET('/api/v1/push', { signal }));
}

/** How the server calls it; the same endpoint again keeps its name. */
export async function addSubscription(body: PushInput): Promise<string> {
  return dataOf(await client.POST('/api/v1/push', { body })).id;
}

export async function setSubscriptionKinds(id: string, kinds: PushInput['kinds']): Promise<void> {
  check(await client.PATCH('/api/v1/push/{id}', { params: { path: { id } }, body: { kinds } }));
}

export async function removeSubscription(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/push/{id}', { params: { path: { id } } }));
}

/** Has a message sent, and tells what the browser's push service said. */
export async function trySubscription(id: string): Promise<PushTried> {
  return dataOf(await client.POST('/api/v1/push/{id}/try', { params: { path: { id } } }));
}
