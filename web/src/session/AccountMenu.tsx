import { useMutation } from '@tanstack/react-query';
import {
  BellRing,
  Cctv,
  CircleUserRound,
  CircuitBoard,
  HardDrive,
  History,
  LayoutGrid,
  LogOut,
  MapPinned,
  Menu,
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
import { useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { linkToPage, usePage, type Page } from '../address';
import { signOut } from '../api/session';
import { ownSubscription } from '../push/ownSubscription';
import { isolated } from '../ui/isolated';
import { problemWords } from '../ui/troubleWords';
import styles from './AccountMenu.module.css';
import { whyNot } from './pageRights';
import { useVisit } from './visit';

const MENU_ID = 'account-menu';
const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

const ITEMS: readonly { page: Page; label: string; icon: LucideIcon }[] = [
  { page: 'fleet', label: 'Fleet', icon: LayoutGrid },
  { page: 'alerts', label: 'Alerts', icon: BellRing },
  { page: 'map', label: 'Map', icon: MapPinned },
  { page: 'time', label: 'Time machine', icon: History },
  { page: 'wall', label: 'Wall', icon: MonitorPlay },
  { page: 'storage', label: 'Storage', icon: HardDrive },
  { page: 'account', label: 'Your account', icon: UserRoundCog },
  { page: 'shares', label: 'Shared links', icon: Share2 },
  { page: 'trash', label: 'Trash', icon: Trash2 },
  { page: 'cameras', label: 'Cameras', icon: Cctv },
  { page: 'firmware', label: 'Firmware', icon: CircuitBoard },
  { page: 'flash', label: 'Flash a board', icon: Usb },
  { page: 'people', label: 'People', icon: UsersRound },
  { page: 'audit', label: 'Audit log', icon: ScrollText },
  { page: 'server', label: 'Server', icon: Server },
];

/** The way to every page, and, where there is a login, who is signed in. */
export function AccountMenu() {
  const visit = useVisit();
  const { login, person, recheck } = visit;
  const [, goTo] = useLocation();
  const current = usePage();
  const menu = useRef<HTMLElement>(null);
  const leave = useMutation({
    mutationFn: async () => {
      // What is told names cameras, and nobody will be signed in to read it.
      const told = await ownSubscription().catch(() => undefined);
      await signOut(told?.id);
      // A browser that cannot let go of what the server has forgotten is told nothing all the same.
      if (told)
        await import('../push/subscribing').then(({ forgetHere }) => forgetHere()).catch(() => undefined);
    },
    onSuccess: () => {
      // Whoever comes next begins at the beginning, not where this person was.
      goTo('/');
      recheck();
    },
  });

  const close = () => menu.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        className={styles.button}
        popoverTarget={MENU_ID}
        aria-label={login ? `Account: ${isolated(person.name)}` : 'Menu'}
        title={login ? person.name : 'Menu'}
      >
        {login ? <CircleUserRound {...icon} /> : <Menu {...icon} />}
        {login && <span className={styles.shortName}>{person.name}</span>}
      </button>
      <nav
        ref={menu}
        id={MENU_ID}
        popover="auto"
        className={styles.menu}
        aria-label={login ? 'Account' : 'Menu'}
      >
        {login && (
          <p className={styles.who}>
            Signed in as <strong className={styles.name}>{person.name}</strong>
          </p>
        )}
        <ul>
          {ITEMS.filter(({ page }) => whyNot(page, visit) === undefined).map((item) => (
            <li key={item.page}>
              <Link
                href={linkToPage(item.page)}
                className={styles.item ?? ''}
                aria-current={current === item.page ? 'page' : undefined}
                onClick={close}
              >
                <item.icon {...icon} /> {item.label}
              </Link>
            </li>
          ))}
          {login && (
            <li>
              <button
                type="button"
                className={styles.item}
                disabled={leave.isPending}
                onClick={() => leave.mutate()}
              >
                <LogOut {...icon} /> Sign out
              </button>
            </li>
          )}
        </ul>
        {leave.error && (
          <p role="alert" className={styles.problem}>
            {problemWords(leave.error)}
          </p>
        )}
      </nav>
    </>
  );
}
