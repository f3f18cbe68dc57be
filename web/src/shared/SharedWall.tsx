import { lazy, Suspense, useEffect, useEffectEvent, useMemo } from 'react';
import { fetchSharedHistogram, fetchSharedImages } from '../api/shared';
import { PAGE_SIZE } from '../gallery/paging';
import { Skeleton } from '../gallery/Skeleton';
import { useAlbumOf, type AlbumSource } from '../gallery/useAlbum';
import { useReader } from '../gallery/useReader';
import { useToday } from '../gallery/useToday';
import { Wall } from '../gallery/Wall';
import { BareCaption } from '../lightbox/Caption';
import { clockWords } from '../time/words';
import { readerOffsets } from '../time/zone';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { Notice } from '../ui/Notice';
import { Trouble } from '../ui/Trouble';
import { troubleWords } from '../ui/troubleWords';
import { leadsNowhere } from './enterShare';
import type { SharedProps } from './SharedView';
import styles from './SharedView.module.css';
import { useOpenedHere } from './useOpenedHere';

const Lightbox = lazy(() => import('../lightbox/Lightbox'));

// What is shared may grow, or be taken back.
const REFRESH_MS = 30_000;

const clock = clockWords(readerOffsets);

function sourceOf(share: string): AlbumSource {
  return {
    startKey: ['shared histogram', share],
    fetchStart: async (signal) => ({ histogram: await fetchSharedHistogram(share, signal) }),
    loadPage: ({ from, to, cursor }, signal) =>
      fetchSharedImages(
        share,
        { from, to, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
        signal,
      ),
    refresh_ms: REFRESH_MS,
  };
}

/** The pictures of a day, or of a camera, as the gallery shows them. */
export function SharedWall({ facts, onEnded }: SharedProps) {
  const today = useToday(readerOffsets);
  const source = useMemo(() => sourceOf(facts.id), [facts.id]);
  const cameras = useMemo(
    () => new Map([[facts.camera_id, { name: facts.camera_name, last_image: null }]]),
    [facts.camera_id, facts.camera_name],
  );
  const { album, start } = useAlbumOf(source, readerOffsets);
  const { opened, open, close } = useOpenedHere();
  const { position, moveTo, openAt } = useReader(album, open);
  const { data, error, refetch } = start;

  const ended = useEffectEvent(onEnded);
  useEffect(() => {
    if (leadsNowhere(error)) ended();
  }, [error]);

  if (!data) {
    if (!error || leadsNowhere(error)) return <Skeleton />;
    return (
      <Trouble {...troubleWords(error, 'the pictures')} action="Try again" onAction={() => void refetch()} />
    );
  }
  if (data.histogram.runs.length === 0)
    return <main className={styles.empty}>There are no pictures here yet.</main>;
  // The album takes the counts in a moment after they are read.
  if (album.timeline.total === 0) return <Skeleton />;
  return (
    <>
      {(error ?? album.failing) && (
        <Notice>The server does not answer. What is loaded stays here; trying again.</Notice>
      )}
      <Wall
        album={album}
        cameras={cameras}
        camera={facts.camera_id}
        clock={clock}
        offsetAt={readerOffsets}
        today={today}
        covered={opened !== undefined}
        position={position}
        onMove={moveTo}
        onOpen={openAt}
      />
      {opened && (
        <ErrorBoundary>
          <Suspense>
            <Lightbox
              album={album}
              start={opened}
              cameras={cameras}
              clock={clock}
              caption={(image, cameraName) => (
                <BareCaption image={image} cameraName={cameraName} clock={clock} />
              )}
              onShow={moveTo}
              onClose={close}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}
