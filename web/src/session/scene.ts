// What somebody gets to see who opens the page. Pure.
import type { Session } from '../api/session';
import type { SecretLink } from './secretLink';

export type Scene =
  | 'pages'
  | 'sign-in'
  /** Sets a password by a link. */
  | 'link'
  /** Makes the first account. */
  | 'set-up'
  /** Nobody has an account, and this reader no link to make one. */
  | 'no-account';

export function sceneFor(session: Session, link: SecretLink | undefined): Scene {
  if (!session.login) return 'pages';
  // Even for somebody who is signed in: they have opened it for that.
  if (link?.kind === 'link') return 'link';
  if (session.needs_set_up) return link ? 'set-up' : 'no-account';
  return session.person ? 'pages' : 'sign-in';
}
