import { useKept } from '../ui/useKept';

const KEY = 'heliograph.wall.scale';

/** How a picture stands in a tile of another shape. */
export const SCALES = [
  { value: 'fit', label: 'Fit, whole' },
  { value: 'fill', label: 'Fill, cropped' },
] as const;
export type Scale = (typeof SCALES)[number]['value'];

const ALL_SCALES = SCALES.map(({ value }) => value);

/** Of this screen, whichever cameras it shows. */
export function useScale() {
  return useKept<Scale>(KEY, ALL_SCALES, 'fit');
}
