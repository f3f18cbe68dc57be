import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { linkToMap } from '../address';
import type { Image } from '../api/gallery';
import { fetchTelemetry } from '../api/telemetry';
import { hourOf } from '../gallery/timeline';
import { foundRows } from '../detections/foundRows';
import { usePicturePlaces } from '../gallery/places';
import { useCameraZone } from '../time/cameraZone';
import { HOUR_MS, readerZone } from '../time/zone';
import { ZoneChoice } from '../time/ZoneChoice';
import { compareAddress, sameTimeAddress } from '../timemachine/address';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { Aside } from './Aside';
import { fetchExposure } from './exposure';
import { beside, fileRows, measureRows, nameRows, spanAt, timeRows, type Row } from './facts';
import styles from './FactsPanel.module.css';
import { telemetryFacts } from './telemetry';
import { useImageDetail } from './useOpened';

interface Props {
  image: Image;
  cameraName: string;
  onClose: () => void;
}

/** Everything that is known of a picture, and where it leads. */
export default function FactsPanel({ image, cameraName, onClose }: Props) {
  const places = usePicturePlaces();
  const detail = useImageDetail(image.id);
  const around = useAround(image);
  const exposure = useQuery({
    queryKey: ['exposure', image.id],
    queryFn: ({ signal }) => fetchExposure(places.original(image), signal),
    staleTime: Infinity,
  });
  const [zone, setZone] = useCameraZone(image.camera_id);
  const own = detail.data?.telemetry ?? {};
  const place = telemetryFacts(own).find(({ kind }) => kind === 'place');
  return (
    <Aside title="Facts" onClose={onClose}>
      <ul className={styles.ways}>
        <li>
          <Link href={sameTimeAddress(image, zone)}>The same time on other days</Link>
        </li>
        <li>
          <Link href={compareAddress(image)}>Compare with another picture</Link>
        </li>
        <li>
          <a href={places.original(image)} target="_blank" rel="noreferrer">
            Open the original
          </a>
        </li>
      </ul>
      <Section title="When">
        <Rows rows={timeRows(image, zone, readerZone())} />
        <ZoneChoice zone={zone} onChange={setZone} />
      </Section>
      <Problem error={detail.error} />
      {detail.data && <Rows title="Seen in it" rows={foundRows(detail.data)} />}
      <Rows title={`${isolated(cameraName)} told with it`} rows={measureRows(own)} />
      <Rows title="Told within the same minutes" rows={measureRows(beside(own, around))} />
      <Rows title="Exposure" rows={exposure.data ?? []} />
      {place && (
        <Section title="Place">
          <p>{place.value}</p>
          <ul className={styles.ways}>
            <li>
              <Link href={linkToMap(image.camera_id)}>On the map of cameras</Link>
            </li>
            <li>
              <a href={place.link} target="_blank" rel="noreferrer">
                On OpenStreetMap
              </a>
            </li>
          </ul>
        </Section>
      )}
      <Rows title="File" rows={fileRows(image)} />
      {detail.data && <Rows title="Known as" rows={nameRows(detail.data)} />}
    </Aside>
  );
}

/** What the camera told around the time of a picture, with another picture or without one. */
function useAround(image: Image) {
  const hour = hourOf(image.captured_at);
  const told = useQuery({
    queryKey: ['telemetry', image.camera_id, hour],
    queryFn: ({ signal }) => fetchTelemetry(image.camera_id, hour - HOUR_MS, signal, 0, hour + HOUR_MS),
    staleTime: HOUR_MS,
  });
  return spanAt(told.data?.spans ?? [], image.captured_at);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** Without rows there is nothing to say. */
function Rows({ title, rows }: { title?: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  const list = (
    <dl className={styles.rows}>
      {rows.map(({ name, value, code }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-code={code}>{value}</dd>
        </div>
      ))}
    </dl>
  );
  return title === undefined ? list : <Section title={title}>{list}</Section>;
}
