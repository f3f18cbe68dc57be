import { useEffect, useEffectEvent, useState } from 'react';
import { useVisit } from '../session/visit';
import { followChanges, type ChangeListener, type LiveState } from './changes';

/** Lets a page follow the server for as long as it is shown; returns the state of the line. */
export function useChanges(listener: Omit<ChangeListener, 'onState'>): LiveState {
  const { recheck } = useVisit();
  const [state, setState] = useState<LiveState>('connecting');
  const current = useEffectEvent(() => listener);
  const onState = useEffectEvent((next: LiveState) => {
    setState(next);
    // A stream that ends does not say why: the session may have ended.
    if (next === 'reconnecting') recheck();
  });
  useEffect(
    () =>
      followChanges({
        onState: (next) => onState(next),
        onImage: (image) => current().onImage?.(image),
        onThumbnail: (id) => current().onThumbnail?.(id),
        onOrders: () => current().onOrders?.(),
        onRollout: () => current().onRollout?.(),
        onOutdated: () => current().onOutdated(),
      }),
    [],
  );
  return state;
}
