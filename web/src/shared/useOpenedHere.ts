import { useCallback, useEffect, useState } from 'react';
import type { Image } from '../api/gallery';

/**
 * The picture that is open, kept out of the address: there stands the link. Opening adds an entry to the browser's
 * history, so that its Back closes the picture and does not leave the page.
 */
export function useOpenedHere() {
  const [opened, setOpened] = useState<Image>();
  useEffect(() => {
    const onBack = () => setOpened(undefined);
    window.addEventListener('popstate', onBack);
    return () => window.removeEventListener('popstate', onBack);
  }, []);
  const open = useCallback((image: Image) => {
    window.history.pushState(null, '');
    setOpened(image);
  }, []);
  const close = useCallback(() => window.history.back(), []);
  return { opened, open, close };
}
