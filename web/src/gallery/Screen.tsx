import { Share2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useAddress } from '../address';
import type { Camera, Image } from '../api/gallery';
import { Caption } from '../lightbox/Caption';
import { useOpened } from '../lightbox/useOpened';
import { OrdersBar } from '../orders/OrdersBar';
import { mayAdminister, mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { daySubject, type Subject } from '../shares/subject';
import { clockWords, type ClockWords } from '../time/words';
import { readerZone, zoneOffsets } from '../time/zone';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { isTyping } from '../ui/isTyping';
import { Notice } from '../ui/Notice';
import { ShortcutSheet } from '../ui/ShortcutSheet';
import { Trouble } from '../ui/Trouble';
import { troubleWords } from '../ui/troubleWords';
import { useOnline } from '../ui/useOnline';
import { EmptyState } from './EmptyState';
import { Header } from './Header';
import styles from './Screen.module.css';
import type { Position } from './position';
import { Skeleton } from './Skeleton';
import { useAlbum, useCameras } from './useAlbum';
import { useLive } from './useLive';
import { useToday } from './useToday';
import { Wall } from './Wall';

const ShareDialog = lazy(() => import('../shares/ShareDialog'));
const LiveDialog = lazy(() => import('../live/LiveDialog'));
const loadLightbox = () => import('../lightbox/Lightbox');
const Lightbox = lazy(loadLightbox);
// The lightbox is not needed for the first view, but should be there before the first click.
const LOAD_LIGHTBOX_AFTER_MS = 1_500;

export function Screen() {
  const [{ camera, image: openedId }, address] = useAddress();
  const { clock, offsetAt } = useMemo(() => {
    const zone = readerZone();
    return { clock: clockWords(zone), offsetAt: zoneOffsets(zone) };
  }, []);
  const { person } = useVisit();
  const today = useToday(offsetAt);
  const online = useOnline();
  const cameras = useCameras();
  const cameraList = useMemo(() => cameras.data ?? [], [cameras.data]);
  const camerasById = useMemo(() => new Map(cameraList.map((one) => [one.id, one])), [cameraList]);
  const { album, histogram } = useAlbum(camera, offsetAt);
  const live = useLive(album, camera);
  const [position, setPosition] = useState<Position>({ index: 0, image: undefined });
  const opened = useOpened(openedId, position.image);
  const [shortcutsShown, setShortcutsShown] = useState(false);
  const [sharing, setSharing] = useState<Subject>();
  const [watching, setWatching] = useState(false);

  const shown = camera === undefined ? undefined : camerasById.get(camera);
  const cameraName = shown?.name;
  useEffect(() => {
    document.title = cameraName === undefined ? 'Heliograph' : `${cameraName} · Heliograph`;
  }, [cameraName]);

  useEffect(() => {
    // If that fails, the first click tries again, and says so if it fails too.
    const timer = setTimeout(() => void loadLightbox().catch(() => undefined), LOAD_LIGHTBOX_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) setShortcutsShown((shown) => !shown);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  // The camera whose days may be shared, and which itself may be.
  const shared =
    camera !== undefined && cameraName !== undefined && mayOperate(person, camera)
      ? { camera, cameraName }
      : undefined;

  const error = cameras.error ?? histogram.error;
  const noSuchCamera = cameras.data !== undefined && camera !== undefined && !camerasById.has(camera);
  const retry = () => {
    void cameras.refetch();
    void histogram.refetch();
    album.retry();
  };

  function body() {
    const known = cameras.data !== undefined && histogram.data !== undefined;
    if (noSuchCamera)
      return <EmptyState cameras={cameraList} camera={camera} teach={mayAdminister(person)} />;
    if (!known && error) {
      return <Trouble {...troubleWords(error, 'the pictures')} action="Try again" onAction={retry} />;
    }
    if (!known) return <Skeleton />;
    // The album takes the counts in a moment after they are read.
    if (album.timeline.total === 0) {
      return histogram.data.runs.length > 0 ? (
        <Skeleton />
      ) : (
        <EmptyState cameras={cameraList} camera={camera} teach={mayAdminister(person)} />
      );
    }
    return (
      <Wall
        key={camera}
        album={album}
        cameras={camerasById}
        camera={camera}
        clock={clock}
        offsetAt={offsetAt}
        today={today}
        covered={opened.image !== undefined}
        position={position}
        onMove={setPosition}
        onOpen={(next) => {
          setPosition(next);
          if (next.image) address.open(next.image.id);
        }}
        onShareDay={
          shared && ((day) => setSharing(daySubject(shared.camera, shared.cameraName, day, today, offsetAt)))
        }
      />
    );
  }

  const unreachable = error !== null || album.failing;
  return (
    <div className={styles.screen}>
      <Header
        cameras={cameraList}
        camera={camera}
        live={live.state}
        onShortcuts={() => setShortcutsShown(true)}
        onWatch={cameraName === undefined ? undefined : () => setWatching(true)}
        onShare={shared && (() => setSharing({ of: 'camera', ...shared }))}
      />
      {shown && (
        <OrdersBar
          key={shown.id}
          camera={shown}
          mayOperate={mayOperate(person, shown.id)}
          now={cameras.dataUpdatedAt}
        />
      )}
      {!online && live.state !== 'live' && <Notice>You are offline. What is loaded stays here.</Notice>}
      {online && unreachable && album.timeline.total > 0 && (
        <Notice>The server does not answer. What is loaded stays here; trying again.</Notice>
      )}
      {opened.gone && <Notice>That picture is no longer here.</Notice>}
      {body()}
      {opened.image && (
        <ErrorBoundary>
          <Suspense>
            <Lightbox
              album={album}
              start={opened.image}
              cameras={camerasById}
              clock={clock}
              caption={(image, name) => <Caption image={image} cameraName={name} clock={clock} />}
              tool={(image) =>
                mayOperate(person, image.camera_id) && (
                  <button
                    key="share"
                    type="button"
                    className="yarl__button"
                    aria-label="Share this picture"
                    title="Share this picture"
                    onClick={() => setSharing(imageSubject(image, camerasById, clock))}
                  >
                    <Share2 size={22} strokeWidth={1.75} aria-hidden />
                  </button>
                )
              }
              onShow={(next) => {
                setPosition(next);
                if (next.image) address.show(next.image.id);
              }}
              onClose={address.close}
            />
          </Suspense>
        </ErrorBoundary>
      )}
      {watching && camera !== undefined && cameraName !== undefined && (
        <Suspense>
          <LiveDialog
            camera={camera}
            name={cameraName}
            mayOperate={mayOperate(person, camera)}
            onClose={() => setWatching(false)}
          />
        </Suspense>
      )}
      {sharing && (
        <Suspense>
          <ShareDialog subject={sharing} onClose={() => setSharing(undefined)} />
        </Suspense>
      )}
      <ShortcutSheet open={shortcutsShown} onClose={() => setShortcutsShown(false)} />
      <p className="visually-hidden" aria-live="polite">
        {live.announcement}
      </p>
    </div>
  );
}

function imageSubject(image: Image, cameras: ReadonlyMap<string, Camera>, clock: ClockWords): Subject {
  const cameraName = cameras.get(image.camera_id)?.name ?? 'Camera';
  return { of: 'image', image, cameraName, taken: clock.full(image.captured_at) };
}
