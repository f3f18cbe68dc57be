// What is drawn on the map, as elements: Leaflet places them, and knows nothing of React.
import L from 'leaflet';
import { thumbnailUrl } from '../api/gallery';
import { isolated } from '../ui/isolated';
import styles from './drawing.module.css';
import { readable } from './labels';
import { worstPresence, type Cluster } from './pins';
import { placeWords } from './placing';

const SIZE_PX = 44;

function element(tag: string, className: string | undefined, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className ?? '';
  // As text: the names of cameras are whatever somebody typed.
  made.textContent = text;
  return made;
}

/** `chosen`: it is what somebody looks at. */
export function markerOf({ lat, lon, pins }: Cluster, chosen: boolean): L.Marker {
  const [first] = pins;
  const picture = element('span', styles.pin);
  picture.dataset.presence = worstPresence(pins);
  if (chosen) picture.dataset.chosen = '';
  if (first?.camera.last_image) {
    const image = document.createElement('img');
    image.src = thumbnailUrl(first.camera.last_image);
    image.alt = '';
    picture.append(image);
  }
  if (pins.length > 1) picture.append(element('span', styles.count, String(pins.length)));
  // Of several the number says it.
  if (first && pins.length === 1) picture.append(element('bdi', styles.label, first.camera.name));
  const names = pins.map(({ camera }) => isolated(camera.name));
  const title = pins.length > 1 ? `${pins.length} cameras: ${names.join(', ')}` : (names[0] ?? '');
  const icon = L.divIcon({ html: picture, className: '', iconSize: [SIZE_PX, SIZE_PX] });
  const marker = L.marker([lat, lon], { icon, title, riseOnHover: true });
  // Or the number on it would be all that is read out.
  marker.on('add', () => marker.getElement()?.setAttribute('aria-label', title));
  return marker;
}

/** Leaves out the names that would lie on something else; those that are looked at come first. */
export function showReadable(markers: readonly L.Marker[]): void {
  const found = markers.flatMap((marker) => {
    const mark = marker.getElement()?.querySelector<HTMLElement>(`.${styles.pin ?? ''}`);
    const label = mark?.querySelector<HTMLElement>('bdi');
    return mark && label ? [{ mark, label }] : [];
  });
  found.sort((a, b) => Number('chosen' in b.mark.dataset) - Number('chosen' in a.mark.dataset));
  const boxes = found.map(({ mark, label }) => ({
    mark: mark.getBoundingClientRect(),
    label: label.getBoundingClientRect(),
  }));
  for (const [i, seen] of readable(boxes).entries()) found[i]?.label.toggleAttribute('data-crowded', !seen);
}

/** Lines and coordinates instead of a picture of the ground: nobody else is asked for anything. */
export class PlainGround extends L.GridLayer {
  override createTile({ x, y, z }: L.Coords): HTMLElement {
    const tile = element('div', styles.plain);
    const map = this._map;
    const size = this.getTileSize();
    const { lat, lng } = map.unproject([x * size.x, y * size.y], z).wrap();
    tile.append(element('span', styles.coordinates, placeWords(lat, lng)));
    return tile;
  }
}
