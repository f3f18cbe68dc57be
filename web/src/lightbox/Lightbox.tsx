import {
  ChevronLeft,
  ChevronRight,
  Download,
  Info,
  Maximize,
  Minimize,
  ScanSearch,
  SlidersHorizontal,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import {
  Suspense,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import Library, {
  isImageSlide,
  type ControllerRef,
  type FullscreenRef,
  type ZoomRef,
} from 'yet-another-react-lightbox';
import Fullscreen from 'yet-another-react-lightbox/plugins/fullscreen';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import type { Image, ShownCamera } from '../api/gallery';
import type { Album } from '../gallery/album';
import { drawnBoxes } from '../detections/boxes';
import { BoxLayer } from '../detections/BoxLayer';
import { useDetections } from '../detections/useDetections';
import { usePicturePlaces } from '../gallery/places';
import { indexNow, positionAt, type Position } from '../gallery/position';
import type { ClockWords } from '../time/words';
import { isolated } from '../ui/isolated';
import { turned } from './adjustments';
import { AdjustPanel } from './AdjustPanel';
import { CaptionRoom } from './CaptionRoom';
import styles from './Lightbox.module.css';
import { Photograph } from './Photograph';
import { pixelZoom, showsPixels, smallestZoom, zoomWords } from './pixels';
import { ENLARGE_MAX, NEIGHBOURS, PRELOADED, slideOf, slidesAround } from './slides';
import { ToolButton } from './ToolButton';
import { useAdjustments } from './useAdjustments';
import { useLostKeys } from './useLostKeys';
import { usePanel } from './usePanel';
import { useViewerKeys } from './useViewerKeys';

/** What a tool may do with what is shown. */
export interface Viewing {
  /** The picture goes, and the next takes its place, or the one before; behind the last there is nothing to show. */
  takeOut: () => void;
  /** A picture is there again, and shown. */
  bringBack: (image: Image) => void;
}

interface Props {
  album: Album;
  /** The picture to begin with; it need not be in the album. */
  start: Image;
  cameras: ReadonlyMap<string, ShownCamera>;
  clock: ClockWords;
  /** Below the picture. */
  caption: (image: Image, cameraName: string) => ReactNode;
  /** Beside the picture, when it is asked for: what is known of it. Missing: the reader is told nothing more. */
  facts?: (image: Image, cameraName: string, close: () => void) => ReactNode;
  /** Other buttons among those above it. */
  tools?: ((image: Image, viewing: Viewing) => ReactNode) | undefined;
  /** What it lies over, and shuts off while it does; missing: all that is on the page. */
  over?: RefObject<HTMLElement | null>;
  onShow: (position: Position) => void;
  onClose: () => void;
}

const LABELS = { Lightbox: 'Picture', 'Photo gallery': 'Pictures', Previous: 'Newer', Next: 'Older' };
const icon = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;
// Of the size it fits in, enlarged or not: up to eight pixels of the screen for one of the picture.
const ZOOM_MAX = 4;
// Until it is known: one line.
const CAPTION_HEIGHT_PX = 50;

/** One picture, as large as the screen; its neighbours in time lie to its left (newer) and right (older). */
export default function Lightbox(props: Props) {
  const { album, start, cameras, clock, caption, facts, tools, over, onShow, onClose } = props;
  const places = usePicturePlaces();
  const [position, setPosition] = useState<Position>({ index: -1, image: start });
  const [panel, setPanel] = usePanel(facts !== undefined);
  const adjustments = useAdjustments();
  const controller = useRef<ControllerRef>(null);
  const fullscreen = useRef<FullscreenRef>(null);
  const zoom = useRef<ZoomRef>(null);
  const [fit, setFit] = useState(1);
  const [zoomed, setZoomed] = useState(1);
  const [captionHeight, setCaptionHeight] = useState(CAPTION_HEIGHT_PX);
  const density = window.devicePixelRatio;
  // A picture that came by a link stands alone until its place in the album is found.
  const lone = position.image && album.indexOf(position.image) === undefined ? position.image : undefined;
  const alone = lone !== undefined;
  const index = alone ? -1 : indexNow(album, position);
  const image = position.image ?? album.at(index);

  // A stranger, who is told no facts, is told of none.
  const found = useDetections(facts && image?.id);

  const nameOf = ({ camera_id }: Image) => cameras.get(camera_id)?.name ?? 'Camera';
  const slideOptions = {
    altOf: (one: Image) => `${isolated(nameOf(one))}, ${clock.full(one.captured_at)}`,
    places,
    turnsOf: (camera: string) => adjustments.of(camera).turns,
  };

  useEffect(() => {
    if (lone) album.seek(lone);
  });
  useEffect(() => {
    album.want('lightbox', alone ? undefined : { first: index - NEIGHBOURS, last: index + NEIGHBOURS });
  }, [album, alone, index]);
  useEffect(() => () => album.want('lightbox', undefined), [album]);

  const show = useEffectEvent(() => {
    if (image) onShow({ index, image });
  });
  useEffect(() => show(), [image?.id]);
  useLayoutEffect(() => {
    // A button that the next picture has not, or not yet, took the focus with it, and with that the keys.
    if (document.activeElement === document.body) controller.current?.focus();
  }, [image?.id]);

  const viewing: Viewing = {
    takeOut: () => {
      if (image) album.remove(image);
      const last = album.timeline.total - 1;
      if (alone || last < 0) onClose();
      else setPosition(positionAt(album, Math.min(index, last)));
    },
    bringBack: (back) => {
      album.putBack(back);
      setPosition({ index: -1, image: back });
    },
  };

  useLostKeys(controller);
  useViewerKeys({
    fit: () => zoom.current?.changeZoom(1),
    pixels: () => zoom.current?.changeZoom(pixelZoom(fit, density)),
    facts: () => setPanel('facts'),
    adjust: () => setPanel('adjust'),
    turn: () => image && adjustments.change(image.camera_id, turned(adjustments.of(image.camera_id))),
    boxes: found.toggle,
    fullscreen: () => {
      if (fullscreen.current?.fullscreen) fullscreen.current.exit();
      else fullscreen.current?.enter();
    },
  });

  return (
    <Library
      open
      close={onClose}
      className={`${styles.lightbox} ${panel === undefined ? '' : styles.beside}`}
      index={alone ? 0 : index}
      slides={lone ? [slideOf(lone, slideOptions)] : slidesAround(album, index, slideOptions)}
      plugins={[Zoom, Fullscreen]}
      labels={LABELS}
      carousel={{ finite: true, preload: PRELOADED, padding: 0, spacing: 24 }}
      animation={{ swipe: 320, fade: 180 }}
      controller={{ ref: controller, closeOnPullDown: true, closeOnBackdropClick: true }}
      // The page never scrolls; its pictures do, in a box of their own.
      noScroll={{ disabled: true }}
      zoom={{
        ref: zoom,
        minZoom: smallestZoom(fit, density),
        maxZoomPixelRatio: ZOOM_MAX,
        scrollToZoom: true,
        pinchZoomV4: true,
      }}
      fullscreen={{ ref: fullscreen }}
      portal={{
        root: () => over?.current ?? null,
        container: { style: { '--caption-height': `${captionHeight}px` } as CSSProperties },
      }}
      on={{
        view: ({ index: viewed }) => {
          if (!alone && viewed !== index) setPosition(positionAt(album, viewed));
        },
        zoom: ({ zoom: now }) => setZoomed(now),
      }}
      toolbar={{
        buttons: [
          found.placed.length > 0 && (
            <ToolButton
              key="boxes"
              icon={ScanSearch}
              label="Boxes of what was found"
              pressed={found.shown}
              onClick={found.toggle}
            />
          ),
          image && tools?.(image, viewing),
          facts && (
            <ToolButton
              key="facts"
              icon={Info}
              label="Facts"
              open={panel === 'facts'}
              onClick={() => setPanel('facts')}
            />
          ),
          <ToolButton
            key="adjust"
            icon={SlidersHorizontal}
            label="Adjust"
            open={panel === 'adjust'}
            onClick={() => setPanel('adjust')}
          />,
          image && (
            <a
              key="download"
              className="yarl__button"
              href={places.original(image)}
              download={image.filename}
              aria-label="Download the original"
              title="Download the original"
            >
              <Download {...icon} />
            </a>
          ),
          <output key="scale" className={styles.scale} aria-label="Size">
            {zoomWords(zoomed, fit, density)}
          </output>,
          'zoom',
          'fullscreen',
          'close',
        ],
      }}
      render={{
        iconPrev: () => <ChevronLeft {...icon} size={30} />,
        iconNext: () => <ChevronRight {...icon} size={30} />,
        iconClose: () => <X {...icon} />,
        iconZoomIn: () => <ZoomIn {...icon} />,
        iconZoomOut: () => <ZoomOut {...icon} />,
        iconEnterFullscreen: () => <Maximize {...icon} />,
        iconExitFullscreen: () => <Minimize {...icon} />,
        slide: ({ slide, rect, offset }) =>
          isImageSlide(slide) && (
            <Photograph
              src={slide.src}
              thumbnail={slide.thumbnail ?? ''}
              alt={slide.alt ?? ''}
              width={slide.width ?? rect.width}
              height={slide.height ?? rect.height}
              room={rect}
              adjustments={adjustments.of(slide.camera ?? '')}
              pixels={offset === 0 && showsPixels(zoomed, fit, density)}
              onFit={offset === 0 ? (scale) => setFit(scale * ENLARGE_MAX) : undefined}
            >
              {offset === 0 && found.shown && found.placed.length > 0 && (
                <BoxLayer
                  boxes={drawnBoxes(found.placed, adjustments.of(slide.camera ?? '').turns)}
                  zoom={zoomed}
                />
              )}
            </Photograph>
          ),
        controls: () =>
          image && (
            <>
              <CaptionRoom onHeight={setCaptionHeight}>{caption(image, nameOf(image))}</CaptionRoom>
              <Suspense>
                {panel === 'facts' && facts?.(image, nameOf(image), () => setPanel('facts'))}
              </Suspense>
              {panel === 'adjust' && (
                <AdjustPanel
                  image={image}
                  cameraName={nameOf(image)}
                  adjustments={adjustments.of(image.camera_id)}
                  onChange={(next) => adjustments.change(image.camera_id, next)}
                  onClose={() => setPanel('adjust')}
                />
              )}
            </>
          ),
      }}
    />
  );
}
