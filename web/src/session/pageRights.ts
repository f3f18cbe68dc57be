// Who may open which place, as far as the dashboard offers it; the server decides. Pure.
import { PLACE_NAMES, PLACES, type Place, type Spot } from '../nav/places';
import { mayAdminister, mayOperate, maySeePictures } from './rights';
import type { Visit } from './visit';

type Who = Pick<Visit, 'login' | 'person'>;

/** `no login`: the server lets everybody in, and there are no accounts to look at. */
export type WhyNot = 'no cameras' | 'not for viewers' | 'not for you' | 'no login';

/** Undefined: they may. */
export function whyNot(place: Place, { login, person }: Who): WhyNot | undefined {
  switch (PLACES[place].need) {
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

/** Where somebody may go, of the ways that are shown there. */
export function offered(who: Who, ...spots: readonly Spot[]): Place[] {
  return PLACE_NAMES.filter((place) => {
    const { spot } = PLACES[place];
    return spot !== undefined && spots.includes(spot) && whyNot(place, who) === undefined;
  });
}
