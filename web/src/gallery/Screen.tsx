import { Share2 } from 'lucide-react';
import { Fragment, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../address';
import type { Camera, Image } from '../api/gallery';
import { Caption } from '../lightbox/Caption';
import { ToolButton } from '../lightbox/ToolButton';
import { useOpened } from '../lightbox/useOpened';
import { OrdersBar } from '../orders/OrdersBar';
import { filterName, filterQuery, isEmpty, NO_FILTER } from '../organise/filter';
import { FilterBar } from '../organise/FilterBar';
import { NoMatch } from '../organise/NoMatch';
import { SelectionBar } from '../organise/SelectionBar';
import { TrashButton } from '../organise/TrashButton';
import { useSelection } from '../organise/useSelection';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { daySubject, type Subject } from '../shares/subject';
import { clockWords, type ClockWords } from '../time/words';
import { readerOffsets } from '../time/zone';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { Notice } from '../ui/Notice';
import { Trouble } from '../ui/Trouble';
import { troubleWords } from '../ui/troubleWords';
import { useLetter } from '../ui/useLetter';
import { whenReaderIsHere } from '../ui/readerIsHere';
import { useOnline } from '../ui/useOnline';
import { EmptyState } from './EmptyState';
import { Header } from './Header';
import { NoPictures } from './NoPictures';
import styles from './Screen.module.css';
import { Skeleton } from './Skeleton';
import { useAlbum, useCameras } from './useAlbum';
import { useLive } from './useLive';
import { useReader } from './useReader';
import { useToday } from './useToday';
import { Wall } from './Wall';

const ShareDialog = lazy(() => import('../shares/ShareDialog'));
const ImagesExportDialog = lazy(() => import('../exports/ImagesExportDialog'));
const FactsPanel = lazy(() => import('../lightbox/FactsPanel'));
const FilterDialog = lazy(() => import('../organise/FilterDialog'));
const loadLightbox = () => import('../lightbox/Lightbox');
const Lightbox = lazy(loadLightbox);

const offsetAt = readerOffsets;
const clock = clockWords(offsetAt);

/** `onShortcuts` shows what the keys do. */
export function Screen({ onShortcuts }: { onShortcuts: () => void }) {
  const [{ camera, image: openedId, filter }, address] = useAddress();
  const { person } = useVisit();
  const today = useToday(offsetAt);
  const online = useOnline();
  const cameras = useCameras();
  const cameraList = useMemo(() => cameras.data ?? [], [cameras.data]);
  const camerasById = useMemo(() => new Map(cameraList.map((one) => [one.id, one])), [cameraList]);
  const { album, start, loadPage } = useAlbum(camera, filter, offsetAt);
  const live = useLive(album, camera, filter, offsetAt);
  const selecting = useSelection(album, loadPage);
  const open = useCallback((image: Image) => address.open(image.id), [address]);
  const { position, moveTo, openAt } = useReader(album, open);
  const opened = useOpened(openedId, position.image);
  const screen = useRef<HTMLDivElement>(null);
  const [sharing, setSharing] = useState<Subject>();
  const [asking, setAsking] = useState<'filter' | 'export' | 'day'>();

  const shown = camera === undefined ? undefined : camerasById.get(camera);
  const cameraName = shown?.name;
  useEffect(() => {
    document.title = cameraName === undefined ? 'Heliograph' : `${cameraName} · Heliograph`;
  }, [cameraName]);

  useEffect(() => {
    // If that fails, the first click tries again, and says so if it fails too.
    return whenReaderIsHere(() => void loadLightbox().catch(() => undefined));
  }, []);

  // The camera whose days may be shared, and which itself may be.
  const shared =
    camera !== undefined && cameraName !== undefined && mayOperate(person, camera)
      ? { camera, cameraName }
      : undefined;

  useLetter('d', () => {
    if (album.timeline.total > 0 && opened.image === undefined) setAsking('day');
  });

  const error = cameras.error ?? start.error;
  const filtered = !isEmpty(filter);
  const noSuchCamera = cameras.data !== undefined && camera !== undefined && !camerasById.has(camera);
  const retry = () => {
    void cameras.refetch();
    void start.refetch();
    album.retry();
  };

  function body() {
    const known = cameras.data !== undefined && start.data !== undefined;
    if (noSuchCamera) return <EmptyState cameras={cameraList} camera={camera} teach={false} trashed={0} />;
    if (!known && error) {
      return <Trouble {...troubleWords(error, 'the pictures')} action="Try again" onAction={retry} />;
    }
    if (!known) return <Skeleton />;
    // The album takes the counts in a moment after they are read.
    if (album.timeline.total === 0) {
      if (start.data.histogram.runs.length > 0) return <Skeleton />;
      return filtered ? (
        <NoMatch onShowAll={() => address.setFilter(NO_FILTER)} />
      ) : (
        <NoPictures cameras={cameraList} camera={camera} />
      );
    }
    return (
      <Wall
        key={`${camera} ${filterName(filter)}`}
        album={album}
        cameras={camerasById}
        camera={camera}
        clock={clock}
        offsetAt={offsetAt}
        today={today}
        covered={opened.image !== undefined}
        position={position}
        onMove={moveTo}
        onOpen={openAt}
        selecting={selecting}
        onDayFound={asking === 'day' ? () => setAsking(undefined) : undefined}
        onShareDay={
          shared && ((day) => setSharing(daySubject(shared.camera, shared.cameraName, day, today, offsetAt)))
        }
      />
    );
  }

  const nameOf = (id: string) => camerasById.get(id)?.name ?? 'Camera';
  const unreachable = error !== null || album.failing;
  const { total } = album.timeline;
  const query = filterQuery(camera, filter, offsetAt);
  return (
    <div ref={screen} className={styles.screen}>
      <Header
        cameras={cameraList}
        camera={camera}
        filter={filter}
        live={live.state}
        news={album.fresh.size > 0}
        onFilter={() => setAsking('filter')}
        onDay={total > 0 ? () => setAsking('day') : undefined}
        onShortcuts={onShortcuts}
        onShare={shared && (() => setSharing({ of: 'camera', ...shared }))}
      />
      {shown && (
        <OrdersBar
          // Not the bare id: that is the key of the wall beside it.
          key={`orders ${shown.id}`}
          camera={shown}
          mayOperate={mayOperate(person, shown.id)}
          now={cameras.dataUpdatedAt}
        />
      )}
      {!online && live.state !== 'live' && <Notice>You are offline. What is loaded stays here.</Notice>}
      {online && unreachable && total > 0 && (
        <Notice>The server does not answer. What is loaded stays here; trying again.</Notice>
      )}
      {opened.gone && <Notice>That picture is no longer here.</Notice>}
      {filtered && (
        <FilterBar
          filter={filter}
          query={query}
          total={total}
          nameOf={nameOf}
          onFilter={address.setFilter}
          onExport={() => setAsking('export')}
        />
      )}
      {body()}
      {selecting.selection.size > 0 && (
        <SelectionBar
          selecting={selecting}
          covered={opened.image !== undefined || sharing !== undefined || asking !== undefined}
          onShare={(image) => setSharing(imageSubject(image, camerasById, clock))}
        />
      )}
      {asking === 'filter' && (
        <Suspense>
          <FilterDialog
            filter={filter}
            cameras={cameraList}
            camera={camera}
            onFilter={address.setFilter}
            onExport={total > 0 ? () => setAsking('export') : undefined}
            onClose={() => setAsking(undefined)}
          />
        </Suspense>
      )}
      {asking === 'export' && (
        <Suspense>
          <ImagesExportDialog of={query} count={total} onClose={() => setAsking(undefined)} />
        </Suspense>
      )}
      {opened.image && (
        <ErrorBoundary>
          <Suspense>
            <Lightbox
              album={album}
              start={opened.image}
              cameras={camerasById}
              clock={clock}
              caption={(image, name) => <Caption image={image} cameraName={name} clock={clock} />}
              facts={(image, name, close) => <FactsPanel image={image} cameraName={name} onClose={close} />}
              tools={(image, viewing) =>
                mayOperate(person, image.camera_id) && (
                  <Fragment key="operate">
                    <TrashButton
                      image={image}
                      time={clock.time(image.captured_at)}
                      viewing={viewing}
                      onTrashed={selecting.letGo}
                    />
                    <ToolButton
                      icon={Share2}
                      label="Share this picture"
                      onClick={() => setSharing(imageSubject(image, camerasById, clock))}
                    />
                  </Fragment>
                )
              }
              over={screen}
              onShow={(next) => {
                moveTo(next);
                if (next.image) address.show(next.image.id);
              }}
              onClose={address.close}
            />
          </Suspense>
        </ErrorBoundary>
      )}
      {sharing && (
        <Suspense>
          <ShareDialog subject={sharing} onClose={() => setSharing(undefined)} />
        </Suspense>
      )}
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
