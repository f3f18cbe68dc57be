import { useMutation } from '@tanstack/react-query';
import {
  Cctv,
  CircleUserRound,
  CircuitBoard,
  LogOut,
  ScrollText,
  Share2,
  UserRoundCog,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { linkToPage, usePage, type Page } from '../address';
import { signOut } from '../api/session';
import { problemWords } from '../ui/troubleWords';
import styles from './AccountMenu.module.css';
import { mayAdminister, mayOperate } from './rights';
import { useVisit } from './visit';

const MENU_ID = 'account-menu';
const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

const ITEMS: readonly {
  page: Page;
  label: string;
  icon: LucideIcon;
  administrators: boolean;
  operators?: boolean;
}[] = [
  { page: 'account', label: 'Your account', icon: UserRoundCog, administrators: false },
  { page: 'shares', label: 'Shared links', icon: Share2, administrators: false, operators: true },
  { page: 'cameras', label: 'Cameras', icon: Cctv, administrators: true },
  { page: 'firmware', label: 'Firmware', icon: CircuitBoard, administrators: true },
  { page: 'people', label: 'People', icon: UsersRound, administrators: true },
  { page: 'audit', label: 'Audit log', icon: ScrollText, administrators: true },
];

/** Who is signed in, and what belongs to them; nothing where there is no login. */
export function AccountMenu() {
  const { login, person, recheck } = useVisit();
  const [, goTo] = useLocation();
  const current = usePage();
  const menu = useRef<HTMLElement>(null);
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      // Whoever comes next begins at the beginning, not where this person was.
      goTo('/');
      recheck();
    },
  });
  if (!login) return null;

  const close = () => menu.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        className={styles.button}
        popoverTarget={MENU_ID}
        aria-label={`Account: ${person.name}`}
        title={person.name}
      >
        <CircleUserRound {...icon} />
        <span className={styles.shortName}>{person.name}</span>
      </button>
      <nav ref={menu} id={MENU_ID} popover="auto" className={styles.menu} aria-label="Account">
        <p className={styles.who}>
          Signed in as <strong className={styles.name}>{person.name}</strong>
        </p>
        <ul>
          {ITEMS.filter(
            ({ administrators, operators }) =>
              (!administrators || mayAdminister(person)) && (!operators || mayOperate(person)),
          ).map((item) => (
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
