import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Image } from '../api/gallery';
import { fetchSharedImages } from '../api/shared';
import { usePicturePlaces } from '../gallery/places';
import { useSize } from '../gallery/useSize';
import { Photograph } from '../lightbox/Photograph';
import { clockWords } from '../time/words';
import { readerOffsets } from '../time/zone';
import { isolated } from '../ui/isolated';
import { Notice } from '../ui/Notice';
import { leadsNowhere } from './enterShare';
import styles from './SharedPicture.module.css';
import type { SharedProps } from './SharedView';
import viewStyles from './SharedView.module.css';

// Cameras send once a minute or less often; a page that is left open for a day asks 9,000 times.
const LOOK_AGAIN_MS = 10_000;

/** The one picture of a share, as large as the page: the picture that is shared, or a camera's newest. */
export function SharedPicture({ facts, onEnded }: SharedProps) {
  const live = facts.kind === 'live';
  const { data, error } = useQuery({
    queryKey: ['picture', facts.id],
    queryFn: ({ signal }) => fetchSharedImages(facts.id, { limit: 1 }, signal),
    // It may be taken back, also when it does not change.
    refetchInterval: LOOK_AGAIN_MS,
  });
  const ended = useEffectEvent(onEnded);
  useEffect(() => {
    if (leadsNowhere(error)) ended();
  }, [error]);
  const image = data?.images[0];
  if (!data) return <main className={viewStyles.empty} aria-busy="true" />;
  if (!image)
    return <main className={viewStyles.empty}>{facts.camera_name} has not sent a picture yet.</main>;
  return (
    <>
      {error && <Notice>The server does not answer. Trying again.</Notice>}
      <Picture image={image} cameraName={facts.camera_name} live={live} />
    </>
  );
}

const clock = clockWords(readerOffsets);

function Picture({ image, cameraName, live }: { image: Image; cameraName: string; live: boolean }) {
  const places = usePicturePlaces();
  const box = useRef<HTMLDivElement>(null);
  const room = useSize(box);
  const taken = clock.full(image.captured_at);
  return (
    <main className={styles.page}>
      <figure className={styles.figure}>
        <div ref={box} className={styles.room}>
          {room.width > 0 && (
            <Photograph
              key={image.id}
              src={places.original(image)}
              thumbnail={places.thumbnail(image)}
              alt={`${isolated(cameraName)}, ${taken}`}
              width={image.width * 2}
              height={image.height * 2}
              room={room}
            />
          )}
        </div>
        <figcaption className={styles.caption}>
          <p aria-live="polite">
            {live && 'Newest: '}
            <time dateTime={new Date(image.captured_at).toISOString()}>{taken}</time>
          </p>
          <a className={styles.download} href={places.original(image)} download={image.filename}>
            <Download size={16} strokeWidth={1.75} aria-hidden /> Download
          </a>
        </figcaption>
      </figure>
    </main>
  );
}
