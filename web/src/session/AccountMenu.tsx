import { useMutation } from '@tanstack/react-query';
import { CircleUserRound, LogOut } from 'lucide-react';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import { signOut } from '../api/session';
import { PlaceItem } from '../nav/PlaceItem';
import { ownSubscription } from '../push/ownSubscription';
import { isolated } from '../ui/isolated';
import menuStyles from '../ui/Menu.module.css';
import { problemWords } from '../ui/troubleWords';
import styles from './AccountMenu.module.css';
import { offered } from './pageRights';
import { useVisit } from './visit';

const MENU_ID = 'account-menu';
const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Who is signed in, their account and those of others, and the way out; nothing where there is no login. */
export function AccountMenu() {
  const visit = useVisit();
  const { login, person, recheck } = visit;
  const [, goTo] = useLocation();
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

  if (!login) return null;
  return (
    <>
      <button
        type="button"
        className={styles.button}
        popoverTarget={MENU_ID}
        aria-label={`Account: ${isolated(person.name)}`}
        title={person.name}
      >
        <CircleUserRound {...icon} />
        <span className={styles.shortName}>{person.name}</span>
      </button>
      <nav
        ref={menu}
        id={MENU_ID}
        popover="auto"
        className={`${menuStyles.menu} ${styles.menu}`}
        aria-label="Account"
      >
        <p className={styles.who}>
          Signed in as <strong className={styles.name}>{person.name}</strong>
        </p>
        <ul>
          {offered(visit, 'account').map((place) => (
            <PlaceItem key={place} place={place} onClick={() => menu.current?.hidePopover()} />
          ))}
          <li>
            <button
              type="button"
              className={menuStyles.item}
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
