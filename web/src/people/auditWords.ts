// The audit log's entries, for a person. Pure.
import type { AuditEntry } from '../api/people';
import { isolated } from '../ui/isolated';

// What the server calls it, and what somebody has done then. WHOM: a person, who may be the reader of the sentence
// themselves; WHAT: a thing by its name.
const DONE: Readonly<Record<string, string>> = {
  'sign-in': 'signed in',
  'person-added': 'added WHOM',
  'person-invited': 'invited WHOM',
  'person-removed': 'removed WHOM',
  'rights-changed': 'changed the rights of WHOM',
  'password-link': 'made a link for a new password of WHOM',
  'password-set': 'set the password of WHOM',
  'second-factor-added': 'took up a second factor',
  'second-factor-removed': 'removed the second factor of WHOM',
  'identity-connected': 'connected the account WHAT',
  'identity-disconnected': 'disconnected the account WHAT',
  'session-ended': 'ended a session of WHOM',
  'sessions-ended': 'ended the other sessions of WHOM',
  'token-added': 'made the token WHAT',
  'token-removed': 'removed the token WHAT',
  'push-added': 'let a browser be told of alerts by WHAT',
  'push-removed': 'stopped a browser being told of alerts by WHAT',
  'group-added': 'made the group WHAT',
  'group-renamed': 'renamed a group to WHAT',
  'group-removed': 'removed the group WHAT',
  'camera-added': 'added the camera WHAT',
  'camera-renamed': 'renamed a camera to WHAT',
  'camera-removed': 'removed the camera WHAT',
  'camera-key-rotated': 'gave a new key to the camera WHAT',
  'camera-moved': 'moved the camera WHAT',
  'camera-commanded': 'commanded WHAT',
  'camera-command-cancelled': 'cancelled a command to WHAT',
  'live-picture-kept': 'kept a live picture of WHAT',
  'live-series-begun': 'began to keep live pictures of WHAT',
  'camera-set': 'set the camera WHAT',
  'camera-placed': 'put the camera WHAT on the map',
  'camera-place-cleared': 'let the camera WHAT stand where it tells',
  'release-added': 'added the release WHAT',
  'flash-image-added': 'brought the flash image of WHAT',
  'release-removed': 'removed the release WHAT',
  'rollout-started': 'started a rollout to WHAT',
  'rollout-advanced': 'advanced the rollout to WHAT',
  'rollout-halted': 'halted the rollout to WHAT',
  'images-trashed': 'threw away WHAT',
  'images-restored': 'restored WHAT',
  'trash-emptied': 'removed for good WHAT',
  'share-made': 'shared WHAT',
  'share-ended': 'ended the share WHAT',
};

/** What stands behind the actor's name: "invited maria", "could not sign in"; what is unknown in the server's words. */
export function auditWords({ actor, action, subject, allowed }: AuditEntry): string {
  if (action === 'sign-in' && !allowed) return 'could not sign in';
  const pattern = DONE[action] ?? `${action} WHAT`;
  const done = pattern.replace(/WHOM|WHAT/, (place) =>
    place === 'WHOM' && subject === actor ? 'their own account' : isolated(subject),
  );
  return allowed ? done : `${done} (refused)`;
}
