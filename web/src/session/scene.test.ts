import { expect, it } from 'vitest';
import type { Session, SignedIn } from '../api/session';
import { sceneFor, type Scene } from './scene';
import type { SecretLink } from './secretLink';

const OWNER: SignedIn = {
  id: 'a',
  name: 'owner',
  password: true,
  second_factor: false,
  role: 'administrator',
  cameras: [],
};
const OPEN: Session = {
  login: false,
  needs_set_up: false,
  openid: null,
  person: { ...OWNER, id: null },
  csrf: null,
};
const NEW: Session = { login: true, needs_set_up: true, openid: null, person: null, csrf: null };
const NOBODY: Session = { ...NEW, needs_set_up: false };
const SIGNED_IN: Session = { ...NOBODY, person: OWNER, csrf: 'c' };
const SET_UP: SecretLink = { kind: 'setup', token: 'lnk_a' };
const LINK: SecretLink = { kind: 'link', token: 'lnk_b' };

it.each<[string, Session, SecretLink | undefined, Scene]>([
  ['no login', OPEN, undefined, 'pages'],
  ['no login, whatever the link', OPEN, LINK, 'pages'],
  ['nobody has an account', NEW, undefined, 'no-account'],
  ['the owner comes to set up', NEW, SET_UP, 'set-up'],
  ['nobody is signed in', NOBODY, undefined, 'sign-in'],
  ['the set-up link is used up', NOBODY, SET_UP, 'sign-in'],
  ['an invitation', NOBODY, LINK, 'link'],
  ['somebody', SIGNED_IN, undefined, 'pages'],
  ['somebody with an old set-up link', SIGNED_IN, SET_UP, 'pages'],
  ['somebody with a link to reset a password', SIGNED_IN, LINK, 'link'],
])('%s', (_, session, link, scene) => expect(sceneFor(session, link)).toBe(scene));
