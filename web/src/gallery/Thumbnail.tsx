import { ImageOff } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Image } from '../api/gallery';
import { isDrawn } from '../early/firstPictures';
import { useThumbnailNews } from '../live/thumbnails';
import { Placeholder } from './Placeholder';
import { usePicturePlaces } from './places';
import styles from './Thumbnail.module.css';

// The server makes a lost thumbnail when it is asked for, so asking again later is worth while, but not for ever.
const RETRY_MS = [2_000, 10_000, 60_000];

type State = 'loading' | 'shown' | 'missing';

/** The small copy of a picture. Until it is there, and while the server still makes it, its place is held. */
export function Thumbnail({ image }: { image: Image }) {
  const url = usePicturePlaces().thumbnail(image);
  const [state, setState] = useState<State>(() => (isDrawn(url) ? 'shown' : 'loading'));
  const [attempt, setAttempt] = useState(0);
  const element = useRef<HTMLImageElement>(null);
  const news = useThumbnailNews();

  useEffect(() => {
    if (state !== 'missing') return undefined;
    const again = () => {
      setState('loading');
      setAttempt((before) => before + 1);
    };
    const stopWaiting = news.await(image.id, again);
    const delay_ms = RETRY_MS[attempt];
    const timer = delay_ms === undefined ? undefined : setTimeout(again, delay_ms);
    return () => {
      stopWaiting();
      clearTimeout(timer);
    };
  }, [state, attempt, image.id, news]);

  useLayoutEffect(() => {
    const shown = element.current;
    if (!shown) return undefined;
    shown.setAttribute('src', url);
    // What the browser still has from before is there at once.
    if (shown.complete && shown.naturalWidth > 0) setState('shown');
    return () => {
      // Out of sight: a picture still on its way must not stand in line before those in view.
      if (!shown.complete) shown.removeAttribute('src');
    };
  }, [url, attempt]);

  return (
    <>
      {state !== 'shown' && image.placeholder !== undefined && <Placeholder hash={image.placeholder} />}
      <img
        key={attempt}
        ref={element}
        className={styles.thumbnail}
        data-state={state}
        alt=""
        draggable={false}
        decoding="async"
        onLoad={() => setState('shown')}
        onError={() => setState('missing')}
      />
      {state === 'missing' && attempt >= RETRY_MS.length && (
        <ImageOff className={styles.missing} size={22} strokeWidth={1.5} aria-hidden />
      )}
    </>
  );
}
