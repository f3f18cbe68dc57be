import { useRef, type PointerEvent, type MouseEvent } from 'react';

// As long as phones take for one.
const LONG_PRESS_MS = 450;
// A finger that moves further than this scrolls.
const STILL_PX = 10;

/** A long press of a finger; undefined: nobody waits for one. The click that ends it is none. */
export function useLongPress(onLongPress: (() => void) | undefined) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const done = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    /** Whether the click in hand ended one. */
    wasOne: () => {
      const was = done.current;
      done.current = false;
      return was;
    },
    handlers: {
      onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
        end();
        done.current = false;
        if (!onLongPress || pointerType !== 'touch') return;
        const timer = setTimeout(() => {
          done.current = true;
          onLongPress();
        }, LONG_PRESS_MS);
        press.current = { timer, x: clientX, y: clientY };
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const { current } = press;
        if (current && Math.hypot(clientX - current.x, clientY - current.y) > STILL_PX) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
      // The menu that a phone opens for a link would take the finger's place.
      onContextMenu: (event: MouseEvent) => {
        if (press.current && onLongPress) event.preventDefault();
      },
    },
  };
}
