// What somebody may do, as far as the page offers it; the server decides. Pure.
import type { SignedIn } from '../api/session';

/** People, groups and everything that belongs to no single camera. */
export function mayAdminister(person: SignedIn): boolean {
  return person.role === 'administrator';
}

/** One camera at least. */
export function maySeePictures(person: SignedIn): boolean {
  return person.role !== null || person.cameras.length > 0;
}
