import { useCallback, useEffect, useState } from 'react';
import { isTyping } from '../ui/isTyping';

const BY_BROWSER = '(display-mode: fullscreen)';

interface FullScreen {
  /** By us. */
  full: boolean;
  /** Nothing is around the page: by us or by the browser, as a machine in the lab opens it. */
  alone: boolean;
  /** Missing: the browser cannot. */
  toggle: (() => void) | undefined;
}

/** The whole page over the whole screen, by a button or by `f`. */
export function useFullScreen(): FullScreen {
  const [full, setFull] = useState(document.fullscreenElement !== null);
  const [byBrowser, setByBrowser] = useState(() => window.matchMedia(BY_BROWSER).matches);
  const toggle = useCallback(() => {
    // A browser that does not want to says so in its console: the wall is as good in a window.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  }, []);
  useEffect(() => {
    const media = window.matchMedia(BY_BROWSER);
    const onMedia = () => setByBrowser(media.matches);
    const onChange = () => setFull(document.fullscreenElement !== null);
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key.toLowerCase() === 'f' && plain && !isTyping(event)) toggle();
    };
    media.addEventListener('change', onMedia);
    document.addEventListener('fullscreenchange', onChange);
    window.addEventListener('keydown', onKey);
    return () => {
      media.removeEventListener('change', onMedia);
      document.removeEventListener('fullscreenchange', onChange);
      window.removeEventListener('keydown', onKey);
      // Other pages have no way out of it but Escape.
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, [toggle]);
  return { full, alone: full || byBrowser, toggle: document.fullscreenEnabled ? toggle : undefined };
}
