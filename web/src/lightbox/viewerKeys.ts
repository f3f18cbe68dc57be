// What a key does while a picture is open, beside leafing, zooming and closing, which the library does. Pure.

export type ViewerAction = 'fit' | 'pixels' | 'facts' | 'adjust' | 'turn' | 'fullscreen' | 'star';

const ACTIONS: Readonly<Record<string, ViewerAction>> = {
  '0': 'fit',
  '1': 'pixels',
  i: 'facts',
  a: 'adjust',
  r: 'turn',
  f: 'fullscreen',
  s: 'star',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function viewerAction({ key, ctrlKey, metaKey, altKey }: Pressed): ViewerAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return Object.hasOwn(ACTIONS, key.toLowerCase()) ? ACTIONS[key.toLowerCase()] : undefined;
}
