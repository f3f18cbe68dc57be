// Every place of the dashboard: what it is called, who may open it, the key that leads there, and where the way to it
// is shown. In the order in which they are shown.
import {
  BellRing,
  Cctv,
  CircuitBoard,
  HardDrive,
  History,
  Images,
  LayoutGrid,
  MapPinned,
  MonitorPlay,
  ScrollText,
  Server,
  Share2,
  Trash2,
  Usb,
  UserRoundCog,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { linkToPage, usePage, type Page } from '../address';

/** A page, or the gallery, which is none. */
export type Place = Page | 'pictures';

/** `accounts`: of others, where there are any. */
export type Need = 'pictures' | 'operator' | 'administrator' | 'account' | 'accounts';

/**
 * `bar`: in sight everywhere; `rail`: in sight where there is room beside the page, and behind More on a phone; `foot`:
 * the same, apart from what is looked at; `more`: behind More; `account`: behind one's name.
 */
export type Spot = 'bar' | 'rail' | 'foot' | 'more' | 'account';

interface PlaceFacts {
  label: string;
  icon: LucideIcon;
  need: Need;
  /** Missing: one comes there from `within`. */
  spot?: Spot;
  within?: Place;
  /** The letter behind g. */
  key?: string;
  /** In place of the label where there is room for one word. */
  word?: string;
}

export const PLACES: Readonly<Record<Place, PlaceFacts>> = {
  pictures: { label: 'Pictures', icon: Images, need: 'pictures', spot: 'bar', key: 'p' },
  fleet: { label: 'Fleet', icon: LayoutGrid, need: 'pictures', spot: 'bar', key: 'f' },
  camera: { label: 'Camera', icon: Cctv, need: 'pictures', within: 'fleet' },
  alerts: { label: 'Alerts', icon: BellRing, need: 'pictures', spot: 'bar', key: 'n' },
  map: { label: 'Map', icon: MapPinned, need: 'pictures', spot: 'bar', key: 'm' },
  time: { label: 'Time machine', icon: History, need: 'pictures', spot: 'rail', key: 't', word: 'Time' },
  wall: { label: 'Wall', icon: MonitorPlay, need: 'pictures', spot: 'rail', key: 'w' },
  storage: { label: 'Storage', icon: HardDrive, need: 'pictures', spot: 'rail', key: 's' },
  cameras: { label: 'Cameras', icon: Cctv, need: 'administrator', spot: 'foot', key: 'c' },
  shares: { label: 'Shared links', icon: Share2, need: 'operator', spot: 'more', key: 'l' },
  trash: { label: 'Trash', icon: Trash2, need: 'operator', spot: 'more' },
  firmware: { label: 'Firmware', icon: CircuitBoard, need: 'administrator', spot: 'more' },
  flash: { label: 'Flash a board', icon: Usb, need: 'administrator', spot: 'more' },
  server: { label: 'Server', icon: Server, need: 'administrator', spot: 'more' },
  account: { label: 'Your account', icon: UserRoundCog, need: 'account', spot: 'account', key: 'a' },
  people: { label: 'People', icon: UsersRound, need: 'accounts', spot: 'account' },
  audit: { label: 'Audit log', icon: ScrollText, need: 'accounts', spot: 'account' },
};

export const PLACE_NAMES = Object.keys(PLACES) as Place[];

export function linkToPlace(place: Place): string {
  return place === 'pictures' ? '/' : linkToPage(place);
}

/** Where the reader is. */
export function usePlace(): Place {
  return usePage() ?? 'pictures';
}

/** Whether the way to a place is the way to where the reader is, or to what that is a part of. */
export function currentness(way: Place, here: Place): 'page' | 'true' | undefined {
  if (way === here) return 'page';
  return PLACES[here].within === way ? 'true' : undefined;
}
