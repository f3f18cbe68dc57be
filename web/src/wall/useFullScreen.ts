import { useCallback, useEffect, useState } from 'react';
import { isTyping } from '../ui/isTyping';

/** The whole page over the whole screen, by a button or by `f`. `toggle` missing: the browser cannot. */
export function useFullScreen(): { full: boolean; toggle: (() => void) | undefined } {
  const [full, setFull] = useState(document.fullscreenElement !== null);
  const toggle = useCallback(() => {
    // A browser that does not want to says so in its console: the wall is as good in a window.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  }, []);
  useEffect(() => {
    const onChange = () => setFull(document.fullscreenElement !== null);
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key.toLowerCase() === 'f' && plain && !isTyping(event)) toggle();
    };
    document.addEventListener('fullscreenchange', onChange);
    window.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      window.removeEventListener('keydown', onKey);
      // Other pages have no way out of it but Escape.
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, [toggle]);
  return { full, toggle: document.fullscreenEnabled ? toggle : undefined };
}
