// What a key does while a picture is open, beside leafing, zooming and closing, which the library does. Pure.

export type ViewerAction =
  'fit' | 'pixels' | 'facts' | 'adjust' | 'turn' | 'boxes' | 'fullscreen' | 'star' | 'trash';

const ACTIONS: Readonly<Record<string, ViewerAction>> = {
  '0': 'fit',
  '1': 'pixels',
  i: 'facts',
  a: 'adjust',
  r: 'turn',
  b: 'boxes',
  f: 'fullscreen',
  s: 'star',
  // Backspace is what corrects a slip of the fingers, and goes back elsewhere.
  delete: 'trash',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** A key that is held down asks once: it would empty the gallery. */
export function viewerAction({ key, repeat, ...held }: Pressed): ViewerAction | undefined {
  if (repeat || held.ctrlKey || held.metaKey || held.altKey) return undefined;
  return Object.hasOwn(ACTIONS, key.toLowerCase()) ? ACTIONS[key.toLowerCase()] : undefined;
}
