import { useEffect, useEffectEvent } from 'react';
import { useToasts } from '../ui/toasts';
import { installWorker } from './installWorker';

// A page in the lab stays open for months: it looks by itself whether the server has another one.
const LOOK_EVERY_MS = 60 * 60_000;
// Its start takes a slow phone's other processor, and the line, from what the reader waits for.
const INSTALL_AFTER_MS = 4_000;

/**
 * Installs the service worker, and says so when the server has a newer page. `byItself`: nobody is there to press a
 * button, and nothing is lost by loading again.
 */
export function useNewVersion(byItself: boolean): void {
  const toasts = useToasts();
  const tell = useEffectEvent(() => {
    if (byItself) window.location.reload();
    else {
      toasts.show({
        words: 'The server has a newer version of this page',
        about: 'newer version',
        action: { label: 'Load it', run: () => window.location.reload() },
      });
    }
  });
  useEffect(() => {
    // Development loads its pieces anew by itself. Over plain HTTP browsers have none.
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return undefined;
    const { serviceWorker } = navigator;
    // The first worker of a browser is no news.
    let known = serviceWorker.controller !== null;
    const onController = () => {
      if (known) tell();
      known = true;
    };
    serviceWorker.addEventListener('controllerchange', onController);
    // A server that is away now is asked again later.
    const install = () => installWorker().catch(() => undefined);
    const first = setTimeout(() => void install(), INSTALL_AFTER_MS);
    const timer = setInterval(() => {
      void install()
        .then((registration) => registration?.update())
        .catch(() => undefined);
    }, LOOK_EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      serviceWorker.removeEventListener('controllerchange', onController);
    };
  }, []);
}
