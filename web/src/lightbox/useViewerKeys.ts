import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../ui/isTyping';
import { viewerAction, type ViewerAction } from './viewerKeys';

/** Does what a key asks for, if it is among `actions`, for as long as the picture is open. */
export function useViewerKeys(actions: Partial<Record<ViewerAction, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // What lies over the picture has keys of its own.
    const over = event.target instanceof Element && event.target.closest('dialog');
    const action = viewerAction(event);
    if (action !== undefined && !over && !isTyping(event)) actions[action]?.();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
