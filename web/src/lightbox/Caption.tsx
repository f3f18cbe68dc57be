import { BatteryMedium, MapPin, Signal, Thermometer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Image } from '../api/gallery';
import { ImageMarks } from '../organise/ImageMarks';
import { sizeWords, type ClockWords } from '../time/words';
import styles from './Caption.module.css';
import { telemetryFacts, type Fact } from './telemetry';
import { useImageDetail } from './useOpened';

const ICONS = { battery: BatteryMedium, signal: Signal, temperature: Thermometer, place: MapPin };

interface Props {
  image: Image;
  cameraName: string;
  clock: ClockWords;
}

/** Under the picture: whose it is, when it was taken, and how the camera was then. */
export function Caption({ image, cameraName, clock }: Props) {
  const { data: detail } = useImageDetail(image.id);
  const facts = detail?.telemetry ? telemetryFacts(detail.telemetry) : [];
  return (
    <CaptionFrame image={image} cameraName={cameraName} clock={clock} marks={<ImageMarks image={image} />}>
      {facts.map((fact) => (
        <FactLine key={fact.kind} fact={fact} />
      ))}
      <Dimensions image={image} />
      <div className={styles.fact}>
        <dt className="visually-hidden">File size</dt>
        <dd>{sizeWords(image.size_bytes)}</dd>
      </div>
    </CaptionFrame>
  );
}

/** The same for strangers, who are told nothing of the camera. */
export function BareCaption(props: Props) {
  return (
    <CaptionFrame {...props}>
      <Dimensions image={props.image} />
    </CaptionFrame>
  );
}

interface FrameProps extends Props {
  /** What people say about it. */
  marks?: ReactNode;
  children: ReactNode;
}

function CaptionFrame({ image, cameraName, clock, marks, children }: FrameProps) {
  return (
    <div className={styles.caption}>
      <div className={styles.main}>
        <p className={styles.camera}>{cameraName}</p>
        <p className={styles.when}>
          <time dateTime={new Date(image.captured_at).toISOString()}>{clock.full(image.captured_at)}</time>
        </p>
      </div>
      <dl className={styles.facts}>{children}</dl>
      {marks}
    </div>
  );
}

function Dimensions({ image }: { image: Image }) {
  return (
    <div className={styles.fact}>
      <dt className="visually-hidden">Dimensions</dt>
      <dd>
        {image.width} × {image.height}
      </dd>
    </div>
  );
}

function FactLine({ fact }: { fact: Fact }) {
  const Icon = ICONS[fact.kind];
  return (
    <div className={styles.fact} title={fact.name}>
      <dt>
        <Icon size={15} strokeWidth={1.75} aria-hidden />
        <span className="visually-hidden">{fact.name}</span>
      </dt>
      <dd>
        {fact.link === undefined ? (
          fact.value
        ) : (
          <a className={styles.link} href={fact.link} target="_blank" rel="noreferrer">
            {fact.value}
          </a>
        )}
      </dd>
    </div>
  );
}
