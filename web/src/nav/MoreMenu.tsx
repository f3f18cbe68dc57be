import { Ellipsis } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import menuStyles from '../ui/Menu.module.css';
import styles from './MoreMenu.module.css';
import { PlaceItem } from './PlaceItem';
import { PLACES, usePlace, type Place } from './places';
import way from './Way.module.css';

const MENU_ID = 'more-menu';

interface Props {
  /** Those that the rail shows are hidden where there is one. */
  places: readonly Place[];
}

/** What is not in sight: beside the rail, or on a phone from below. */
export function MoreMenu({ places }: Props) {
  const menu = useRef<HTMLUListElement>(null);
  const here = usePlace();
  // Twenty places with their pictures: a tenth of a page that somebody waits for and nobody sees.
  const [wasOpened, setWasOpened] = useState(false);
  // It outlives the page; keys and the browser's Back lead away, too.
  useEffect(() => menu.current?.hidePopover(), [here]);
  return (
    <>
      <button
        type="button"
        className={way.way}
        popoverTarget={MENU_ID}
        data-holds={places.includes(here) ? PLACES[here].spot : undefined}
      >
        <span className={way.icon}>
          <Ellipsis size={20} strokeWidth={1.75} aria-hidden />
        </span>
        <span className={way.word}>More</span>
      </button>
      <ul
        ref={menu}
        id={MENU_ID}
        popover="auto"
        className={`${menuStyles.menu} ${styles.menu}`}
        aria-label="More"
        onBeforeToggle={() => setWasOpened(true)}
      >
        {wasOpened &&
          places.map((place) => (
            <PlaceItem key={place} place={place} onClick={() => menu.current?.hidePopover()} />
          ))}
      </ul>
    </>
  );
}
