// What an administrator asks about others: people, groups of cameras, and what was done.
import { check, client, dataOf } from './http';
import type { components } from './schema.gen';

export type Person = components['schemas']['Person'];
export type Grant = components['schemas']['Grant'];
export type Group = components['schemas']['Group'];
export type Link = components['schemas']['Link'];
export type AuditPage = components['schemas']['AuditPage'];
export type AuditEntry = AuditPage['entries'][number];

export async function fetchPeople(signal: AbortSignal): Promise<Person[]> {
  return dataOf(await client.GET('/api/v1/people', { signal })).people;
}

export async function invitePerson(name: string, grants: Grant[]): Promise<Link> {
  return dataOf(await client.POST('/api/v1/people', { body: { name, grants } }));
}

export async function deletePerson(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/people/{id}', { params: { path: { id } } }));
}

export async function setGrants(id: string, grants: Grant[]): Promise<void> {
  check(await client.PUT('/api/v1/people/{id}/grants', { params: { path: { id } }, body: { grants } }));
}

/** A link that sets a password; the one before it ends. */
export async function makeLink(id: string): Promise<Link> {
  return dataOf(await client.POST('/api/v1/people/{id}/link', { params: { path: { id } } }));
}

export async function resetSecondFactor(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/people/{id}/second-factor', { params: { path: { id } } }));
}

export async function fetchGroups(signal: AbortSignal): Promise<Group[]> {
  return dataOf(await client.GET('/api/v1/groups', { signal })).groups;
}

export async function addGroup(name: string): Promise<Group> {
  return dataOf(await client.POST('/api/v1/groups', { body: { name } }));
}

export async function renameGroup(id: string, name: string): Promise<void> {
  check(await client.PUT('/api/v1/groups/{id}', { params: { path: { id } }, body: { name } }));
}

export async function deleteGroup(id: string): Promise<void> {
  check(await client.DELETE('/api/v1/groups/{id}', { params: { path: { id } } }));
}

/** Into a group, or (null) into none. */
export async function moveCamera(id: string, group: string | null): Promise<void> {
  check(await client.PUT('/api/v1/cameras/{id}/group', { params: { path: { id } }, body: { group } }));
}

export async function fetchAudit(cursor: string | undefined, signal: AbortSignal): Promise<AuditPage> {
  const query = cursor === undefined ? {} : { cursor };
  return dataOf(await client.GET('/api/v1/audit', { params: { query }, signal }));
}
