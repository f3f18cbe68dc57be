// Who may open which page, as far as the page offers it; the server decides. Pure.
import type { Page } from '../address';
import { mayAdminister, mayOperate, maySeePictures } from './rights';
import type { Visit } from './visit';

type Need = 'pictures' | 'operator' | 'administrator' | 'account' | 'accounts';

const NEEDS: Record<Page, Need> = {
  fleet: 'pictures',
  alerts: 'pictures',
  camera: 'pictures',
  map: 'pictures',
  time: 'pictures',
  wall: 'pictures',
  storage: 'pictures',
  account: 'account',
  shares: 'operator',
  trash: 'operator',
  cameras: 'administrator',
  firmware: 'administrator',
  flash: 'administrator',
  people: 'accounts',
  audit: 'accounts',
  server: 'administrator',
};

/** `no login`: the server lets everybody in, and there are no accounts to look at. */
export type WhyNot = 'no cameras' | 'not for viewers' | 'not for you' | 'no login';

/** Undefined: they may. */
export function whyNot(page: Page, { login, person }: Pick<Visit, 'login' | 'person'>): WhyNot | undefined {
  switch (NEEDS[page]) {
    case 'pictures':
      return maySeePictures(person) ? undefined : 'no cameras';
    case 'operator':
      return mayOperate(person) ? undefined : 'not for viewers';
    case 'administrator':
      return mayAdminister(person) ? undefined : 'not for you';
    case 'account':
      return login ? undefined : 'no login';
    case 'accounts':
      if (!login) return 'no login';
      return mayAdminister(person) ? undefined : 'not for you';
  }
}
