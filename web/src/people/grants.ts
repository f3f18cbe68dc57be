// What somebody may do, as it is chosen on the screen and said in words. Pure.
import type { Grant, Group } from '../api/people';
import type { Role } from '../api/session';
import { isolated } from '../ui/isolated';

/** By group; null: every camera, and the server. */
export type Chosen = ReadonlyMap<string | null, Role>;

export const NO_ROLE = 'none';

export const ROLE_OPTIONS: readonly { value: Role | typeof NO_ROLE; label: string }[] = [
  { value: NO_ROLE, label: 'None' },
  { value: 'viewer', label: 'Viewer' },
  { value: 'operator', label: 'Operator' },
  { value: 'administrator', label: 'Administrator' },
];

export function chosenOf(grants: readonly Grant[]): Chosen {
  return new Map(grants.map(({ group, role }) => [group, role]));
}

export function grantsOf(chosen: Chosen): Grant[] {
  return [...chosen].map(([group, role]) => ({ group, role }));
}

export function withChoice(chosen: Chosen, group: string | null, role: Role | typeof NO_ROLE): Chosen {
  const next = new Map(chosen);
  if (role === NO_ROLE) next.delete(group);
  else next.set(group, role);
  return next;
}

/** "Administrator of every camera and the server", "Viewer of Farm · Operator of Harbour", "Nothing yet" */
export function grantWords(grants: readonly Grant[], groups: readonly Group[]): string {
  const words = grants.map(({ group, role }) => {
    const name = role.charAt(0).toUpperCase() + role.slice(1);
    if (group !== null)
      return `${name} of ${isolated(groups.find(({ id }) => id === group)?.name ?? 'a group')}`;
    return role === 'administrator' ? `${name} of every camera and the server` : `${name} of every camera`;
  });
  return words.length === 0 ? 'Nothing yet' : words.join(' · ');
}
