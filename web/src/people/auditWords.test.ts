import { expect, it } from 'vitest';
import type { AuditEntry } from '../api/people';
import { auditWords } from './auditWords';

const ENTRY: AuditEntry = {
  id: 'a',
  at: 0,
  actor: 'owner',
  address: '127.0.0.1',
  action: 'sign-in',
  subject: 'owner',
  allowed: true,
};

it.each<[Partial<AuditEntry>, string]>([
  [{}, 'signed in'],
  [{ allowed: false }, 'could not sign in'],
  [{ action: 'person-invited', subject: 'maria' }, 'invited maria'],
  [{ action: 'password-set' }, 'set the password of their own account'],
  [{ action: 'password-set', subject: 'maria' }, 'set the password of maria'],
  [{ action: 'group-added', subject: '<b>Farm</b>' }, 'made the group <b>Farm</b>'],
  [{ action: 'token-added', actor: '$& x', subject: '$& x' }, 'made the token $& x'],
  [{ action: 'something-new', subject: 'x', allowed: false }, 'something-new x (refused)'],
])('%j', (change, words) => expect(auditWords({ ...ENTRY, ...change })).toBe(words));
