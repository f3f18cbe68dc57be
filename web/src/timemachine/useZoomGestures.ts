import { useEffect, useEffectEvent, type RefObject } from 'react';
import { doubleTapped, panned, pinched, zoomedAt, type Point, type ZoomView } from './zoomView';

// A notch of a mouse's wheel is 100 to 120 pixels, and makes a third more of it; a touchpad sends many small ones.
const WHEEL_FACTOR = 1.0025;
// One that scrolls by lines or pages counts them.
const LINE_PX = 16;

/** Wheel, pinch, drag and double tap on an element, as changes of the view. */
export function useZoomGestures(
  element: RefObject<HTMLElement | null>,
  change: (next: (view: ZoomView) => ZoomView) => void,
): void {
  const onChange = useEffectEvent(change);
  useEffect(() => {
    const pane = element.current;
    if (!pane) return undefined;
    const fingers = new Map<number, Point>();

    const at = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top, width, height } = pane.getBoundingClientRect();
      return { x: (clientX - left) / width, y: (clientY - top) / height };
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
      const where = at(event);
      onChange((view) => zoomedAt(view, WHEEL_FACTOR ** -pixels, where));
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || fingers.size === 2) return;
      pane.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, at(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = at(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, now);
      onChange((view) =>
        other
          ? pinched(view, [before, other], [now, other])
          : panned(view, now.x - before.x, now.y - before.y),
      );
    };
    const onUp = (event: PointerEvent) => fingers.delete(event.pointerId);
    const onDouble = (event: MouseEvent) => {
      const where = at(event);
      onChange((view) => doubleTapped(view, where));
    };

    pane.addEventListener('wheel', onWheel, { passive: false });
    pane.addEventListener('pointerdown', onDown);
    pane.addEventListener('pointermove', onMove);
    pane.addEventListener('pointerup', onUp);
    pane.addEventListener('pointercancel', onUp);
    pane.addEventListener('dblclick', onDouble);
    return () => {
      pane.removeEventListener('wheel', onWheel);
      pane.removeEventListener('pointerdown', onDown);
      pane.removeEventListener('pointermove', onMove);
      pane.removeEventListener('pointerup', onUp);
      pane.removeEventListener('pointercancel', onUp);
      pane.removeEventListener('dblclick', onDouble);
    };
  }, [element]);
}
