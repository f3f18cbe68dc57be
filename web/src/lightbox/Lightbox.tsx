import { ChevronLeft, ChevronRight, Download, Maximize, Minimize, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import Library, { isImageSlide, type FullscreenRef } from 'yet-another-react-lightbox';
import Fullscreen from 'yet-another-react-lightbox/plugins/fullscreen';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import type { Image, ShownCamera } from '../api/gallery';
import type { Album } from '../gallery/album';
import { usePicturePlaces } from '../gallery/places';
import { indexNow, positionAt, type Position } from '../gallery/position';
import { isTyping } from '../ui/isTyping';
import type { ClockWords } from '../time/words';
import styles from './Lightbox.module.css';
import { Photograph } from './Photograph';
import { NEIGHBOURS, slideOf, slidesAround } from './slides';

interface Props {
  album: Album;
  /** The picture to begin with; it need not be in the album. */
  start: Image;
  cameras: ReadonlyMap<string, ShownCamera>;
  clock: ClockWords;
  /** Below the picture. */
  caption: (image: Image, cameraName: string) => ReactNode;
  /** Another button among those above it. */
  tool?: ((image: Image) => ReactNode) | undefined;
  onShow: (position: Position) => void;
  onClose: () => void;
}

const LABELS = { Lightbox: 'Picture', 'Photo gallery': 'Pictures', Previous: 'Newer', Next: 'Older' };
const icon = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** One picture, as large as the screen; its neighbours in time lie to its left (newer) and right (older). */
export default function Lightbox(props: Props) {
  const { album, start, cameras, clock, caption, tool, onShow, onClose } = props;
  const places = usePicturePlaces();
  const [position, setPosition] = useState<Position>({ index: -1, image: start });
  const fullscreen = useRef<FullscreenRef>(null);
  // A picture that came by a link stands alone until its place in the album is found.
  const lone = position.image && album.indexOf(position.image) === undefined ? position.image : undefined;
  const alone = lone !== undefined;
  const index = alone ? -1 : indexNow(album, position);
  const image = position.image ?? album.at(index);

  const nameOf = ({ camera_id }: Image) => cameras.get(camera_id)?.name ?? 'Camera';
  const altOf = (one: Image) => `${nameOf(one)}, ${clock.full(one.captured_at)}`;

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

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || event.ctrlKey || event.metaKey || isTyping(event)) return;
      if (fullscreen.current?.fullscreen) fullscreen.current.exit();
      else fullscreen.current?.enter();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <Library
      open
      close={onClose}
      className={styles.lightbox ?? ''}
      index={alone ? 0 : index}
      slides={lone ? [slideOf(lone, altOf(lone), places)] : slidesAround(album, index, altOf, places)}
      plugins={[Zoom, Fullscreen]}
      labels={LABELS}
      carousel={{ finite: true, preload: 2, padding: 0, spacing: 24 }}
      animation={{ swipe: 320, fade: 180 }}
      controller={{ closeOnPullDown: true, closeOnBackdropClick: true }}
      // The page never scrolls; its pictures do, in a box of their own.
      noScroll={{ disabled: true }}
      zoom={{ maxZoomPixelRatio: 4, scrollToZoom: true }}
      fullscreen={{ ref: fullscreen }}
      on={{
        view: ({ index: viewed }) => {
          if (!alone && viewed !== index) setPosition(positionAt(album, viewed));
        },
      }}
      toolbar={{
        buttons: [
          image && tool?.(image),
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
        slide: ({ slide, rect }) =>
          isImageSlide(slide) && (
            <Photograph
              src={slide.src}
              thumbnail={slide.thumbnail ?? ''}
              alt={slide.alt ?? ''}
              width={slide.width ?? rect.width}
              height={slide.height ?? rect.height}
              room={rect}
            />
          ),
        controls: () => image && caption(image, nameOf(image)),
      }}
    />
  );
}
