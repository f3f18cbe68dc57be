import { useEffect, useState } from 'react';

// Long enough to find a button, short enough to be gone when one has sat down.
const STILL_AFTER_MS = 4_000;

/** Whether nobody has touched anything for a while. */
export function useStill(): boolean {
  const [still, setStill] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onTouch = () => {
      setStill(false);
      clearTimeout(timer);
      timer = setTimeout(() => setStill(true), STILL_AFTER_MS);
    };
    onTouch();
    const touches = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    for (const touch of touches) window.addEventListener(touch, onTouch);
    return () => {
      clearTimeout(timer);
      for (const touch of touches) window.removeEventListener(touch, onTouch);
    };
  }, []);
  return still;
}
