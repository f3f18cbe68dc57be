import { useEffect, type RefObject } from 'react';
import type { ControllerRef } from 'yet-another-react-lightbox';

/** The library hears keys of what has the focus in it. What had it may be gone, a message for one: then they are heard here. */
export function useLostKeys(controller: RefObject<ControllerRef | null>): void {
  useEffect(() => {
    const onKey = ({ key, target }: KeyboardEvent) => {
      const viewer = controller.current;
      if (target !== document.body || !viewer) return;
      viewer.focus();
      if (key === 'ArrowLeft') viewer.prev();
      if (key === 'ArrowRight') viewer.next();
      if (key === 'Escape') viewer.close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [controller]);
}
