// Who looks at the page: for everything on it.
import { createContext, use } from 'react';
import type { SignedIn } from '../api/session';
import type { Returned } from './openid';

export interface Visit {
  /** False: the server lets everybody in, and there are no accounts. */
  login: boolean;
  person: SignedIn;
  /** The name of the OpenID provider; null: there is none. */
  openid: string | null;
  /** How it went there, when the page was opened on the way back. */
  returned: Returned | undefined;
  /** Asks the server who is signed in: the page changes when that is somebody else now, nobody, or with other rights. */
  recheck: () => void;
}

const Context = createContext<Visit | null>(null);

export const VisitProvider = Context;

export function useVisit(): Visit {
  const visit = use(Context);
  if (!visit) throw new Error('VisitProvider is missing');
  return visit;
}
