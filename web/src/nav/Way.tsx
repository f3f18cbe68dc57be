import { Link } from 'wouter';
import { currentness, linkToPlace, PLACES, usePlace, type Place } from './places';
import styles from './Way.module.css';

interface Props {
  place: Place;
  /** What waits there. */
  news: string | undefined;
}

/** One place in sight. */
export function Way({ place, news }: Props) {
  const here = usePlace();
  const { label, icon: Icon, spot, key, word = label } = PLACES[place];
  const name = news === undefined ? label : `${label}: ${news}`;
  const keys = key && `G, then ${key.toUpperCase()}`;
  return (
    <li data-spot={spot}>
      <Link
        href={linkToPlace(place)}
        className={styles.way ?? ''}
        aria-label={name === word ? undefined : name}
        aria-current={currentness(place, here)}
        title={[word === label ? '' : label, news, keys].filter(Boolean).join(' · ')}
      >
        <span className={styles.icon} data-news={news !== undefined}>
          <Icon size={20} strokeWidth={1.75} aria-hidden />
        </span>
        <span className={styles.word}>{word}</span>
      </Link>
    </li>
  );
}
