// What somebody may do, as far as the page offers it; the server decides. Pure.
import type { Role, SignedIn } from '../api/session';

/** One camera: its name, its key and whether it stays; without one people, groups and whatever belongs to no camera. */
export function mayAdminister({ role, cameras }: SignedIn, camera?: string): boolean {
  return role === 'administrator' || cameras.some((one) => one.id === camera && one.role === 'administrator');
}

/** One camera at least. */
export function maySeePictures(person: SignedIn): boolean {
  return person.role !== null || person.cameras.length > 0;
}

/** Share, and whatever else is not lost for good: with one camera, or (without one) with any. */
export function mayOperate({ role, cameras }: SignedIn, camera?: string): boolean {
  const operates = (one: Role | null) => one === 'operator' || one === 'administrator';
  return (
    operates(role) || cameras.some((one) => (camera === undefined || one.id === camera) && operates(one.role))
  );
}
