import { useEffect, useMemo, useState } from 'react';
import { sharedOriginalUrl, sharedThumbnailUrl, type SharedFacts } from '../api/shared';
import { PicturePlacesProvider, type PicturePlaces } from '../gallery/places';
import { ThumbnailNews, ThumbnailNewsProvider } from '../live/thumbnails';
import { shareWords } from '../shares/subject';
import { momentWords } from '../time/words';
import { Brand } from '../ui/Brand';
import { ThemeToggle } from '../ui/ThemeToggle';
import { SharedLive } from './SharedLive';
import { SharedPicture } from './SharedPicture';
import styles from './SharedView.module.css';
import { SharedWall } from './SharedWall';

export interface SharedProps {
  facts: SharedFacts;
  /** The server does not show it any more. */
  onEnded: () => void;
}

function placesOf(share: string): PicturePlaces {
  return {
    thumbnail: (image) => sharedThumbnailUrl(share, image),
    original: (image) => sharedOriginalUrl(share, image),
    // The page itself opens with the link only.
    page: (image) => (image ? sharedOriginalUrl(share, image) : ''),
  };
}

/** The pictures of a share, and nothing else of the server. */
export function SharedView(props: SharedProps) {
  const { facts } = props;
  const places = useMemo(() => placesOf(facts.id), [facts.id]);
  const [thumbnails] = useState(() => new ThumbnailNews());
  const title = facts.name === '' ? shareWords(facts) : facts.name;
  useEffect(() => {
    document.title = `${title} · Heliograph`;
  }, [title]);
  return (
    <PicturePlacesProvider value={places}>
      <ThumbnailNewsProvider value={thumbnails}>
        <div className={styles.screen}>
          <header className={styles.header}>
            <Brand />
            <div className={styles.what}>
              <p className={styles.title}>{title}</p>
              <p className={styles.end}>
                {facts.expires_at === null
                  ? 'Shared with you'
                  : `Shared with you until ${momentWords(facts.expires_at)}`}
              </p>
            </div>
            <ThemeToggle />
          </header>
          <Shown {...props} />
        </div>
      </ThumbnailNewsProvider>
    </PicturePlacesProvider>
  );
}

function Shown(props: SharedProps) {
  switch (props.facts.kind) {
    case 'image':
      return <SharedPicture {...props} />;
    case 'live':
      return <SharedLive {...props} />;
    case 'day':
    case 'camera':
      return <SharedWall {...props} />;
  }
}
