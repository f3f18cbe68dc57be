import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { markerOf, PlainGround, showReadable } from './drawing';
import styles from './Ground.module.css';
import { usePlacePin, type Placing } from './usePlacePin';
import { clustersIn, indexOf, MAX_ZOOM, type Cluster, type Pin } from './pins';

const MIN_ZOOM = 2;
// So close that one sees the field around a single camera.
const FIT_MAX_ZOOM = 16;
// Marks that are just outside are drawn too, so that they are there while the map is dragged.
const AROUND = 0.25;

interface Props {
  pins: readonly Pin[];
  /** Those of them that are looked at; none: all. */
  chosen: readonly Pin[];
  /** Null: a plain ground. */
  tiles: string | null;
  credit: string;
  onSelect: (pins: readonly Pin[]) => void;
  /** A camera that is being put somewhere. */
  placing?: Placing | undefined;
}

/** The map itself. */
export function Ground({ pins, chosen, tiles, credit, onSelect, placing }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<L.Map>();
  const touched = useRef(false);
  const index = useMemo(() => indexOf(pins), [pins]);

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const made = L.map(element, {
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      center: [0, 0],
      zoom: MIN_ZOOM,
      zoomAnimation: !still,
      // The plain ground is there at once: fading it in would only make its words harder to read.
      fadeAnimation: tiles !== null && !still,
      markerZoomAnimation: !still,
    });
    made.attributionControl.setPrefix(false);
    const ground =
      tiles === null
        ? new PlainGround()
        : L.tileLayer(tiles, { maxZoom: MAX_ZOOM, attribution: escaped(credit) });
    ground.addTo(made);
    const resized = new ResizeObserver(() => made.invalidateSize());
    resized.observe(element);
    // Until somebody moves it, the map keeps the cameras that are looked at in view.
    const onTouch = () => (touched.current = true);
    const touches = ['pointerdown', 'wheel', 'keydown'] as const;
    for (const touch of touches) element.addEventListener(touch, onTouch, { passive: true });
    setMap(made);
    return () => {
      resized.disconnect();
      for (const touch of touches) element.removeEventListener(touch, onTouch);
      made.remove();
    };
  }, [tiles, credit]);

  usePlacePin(map, placing);

  const open = useEffectEvent((on: L.Map, { lat, lon, pins: within, opensAt }: Cluster) => {
    if (opensAt === undefined || opensAt > MAX_ZOOM) onSelect(within);
    else on.flyTo([lat, lon], opensAt);
  });

  useEffect(() => {
    if (!map) return undefined;
    const fit = () => {
      if (touched.current || pins.length === 0) return;
      const shown = chosen.length > 0 ? chosen : pins;
      const around = L.latLngBounds(shown.map(({ lat, lon }) => [lat, lon]));
      map.fitBounds(around, { padding: [48, 48], maxZoom: FIT_MAX_ZOOM });
    };
    fit();
    const marks = L.layerGroup().addTo(map);
    const draw = () => {
      const seen = map.getBounds().pad(AROUND);
      const bounds = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()] as const;
      marks.clearLayers();
      const markers = clustersIn(index, pins, bounds, Math.round(map.getZoom())).map((cluster) =>
        markerOf(
          cluster,
          cluster.pins.some((pin) => chosen.includes(pin)),
        )
          .on('click', () => open(map, cluster))
          .addTo(marks),
      );
      showReadable(markers);
    };
    draw();
    map.on('moveend', draw).on('resize', fit);
    return () => {
      map.off('moveend', draw).off('resize', fit);
      marks.remove();
    };
  }, [map, index, pins, chosen]);

  return <div ref={place} className={styles.ground} role="group" aria-label="Map of the cameras" />;
}

/** Leaflet takes it for markup; the owner wrote words. */
function escaped(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}
