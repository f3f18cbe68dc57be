import L from 'leaflet';
import { useEffect, useEffectEvent } from 'react';
import styles from './drawing.module.css';
import type { Spot } from './placing';

export interface Placing {
  name: string;
  /** Undefined: it has none yet, and the pin begins in the middle. */
  spot: Spot | undefined;
  onMove: (spot: Spot) => void;
}

const SIZE_PX: L.PointTuple = [36, 48];
const TIP_PX: L.PointTuple = [18, 46];
// The drop of a map's pin, its tip at the bottom.
const PIN =
  '<svg viewBox="0 0 36 48"><path d="M18 46C12 35 4 27 4 17a14 14 0 0 1 28 0c0 10-8 18-14 29z"/><circle cx="18" cy="17" r="5"/></svg>';

/** A pin that is dragged, or jumps to where somebody clicks, for as long as a camera is to be placed. */
export function usePlacePin(map: L.Map | undefined, placing: Placing | undefined): void {
  const { name, spot } = placing ?? {};
  const active = placing !== undefined;
  const moved = useEffectEvent(({ lat, lng }: L.LatLng) => placing?.onMove({ lat, lon: lng }));
  const lat = spot?.lat;
  const lon = spot?.lon;

  useEffect(() => {
    if (!map || !active) return undefined;
    const onClick = ({ latlng }: L.LeafletMouseEvent) => moved(latlng);
    map.on('click', onClick);
    return () => void map.off('click', onClick);
  }, [map, active]);

  useEffect(() => {
    if (!map || !active) return undefined;
    if (lat === undefined || lon === undefined) {
      moved(map.getCenter());
      return undefined;
    }
    const title = `Where ${name ?? 'the camera'} stands`;
    const icon = L.divIcon({
      html: PIN,
      className: styles.drop ?? '',
      iconSize: SIZE_PX,
      iconAnchor: TIP_PX,
    });
    const pin = L.marker([lat, lon], { icon, title, draggable: true, autoPan: true, zIndexOffset: 1_000 });
    pin.on('dragend', () => moved(pin.getLatLng())).addTo(map);
    if (!map.getBounds().contains([lat, lon])) map.panTo([lat, lon]);
    return () => void pin.remove();
  }, [map, active, name, lat, lon]);
}
