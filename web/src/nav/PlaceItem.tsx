import { Link } from 'wouter';
import menu from '../ui/Menu.module.css';
import { currentness, linkToPlace, PLACES, usePlace, type Place } from './places';

interface Props {
  place: Place;
  /** Closes the menu, also when one is there already. */
  onClick: () => void;
}

/** A place in a menu. */
export function PlaceItem({ place, onClick }: Props) {
  const here = usePlace();
  const { label, icon: Icon, spot } = PLACES[place];
  return (
    <li data-spot={spot}>
      <Link
        href={linkToPlace(place)}
        className={menu.item ?? ''}
        aria-current={currentness(place, here)}
        onClick={onClick}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden /> {label}
      </Link>
    </li>
  );
}
