import { useEffect, useEffectEvent } from 'react';
import { isTyping } from './isTyping';

/** What a letter does on a page, unless it is typed somewhere or something is open that is answered first. */
export function useLetter(letter: string, act: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== letter || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event) || document.querySelector('dialog[open]')) return;
    // It would be typed into what it opens.
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
