import { lazy, Suspense } from 'react';
import type { Session } from '../api/session';
import { Pages } from '../pages/Pages';
import { FirstLook } from '../ui/FirstLook';
import { Trouble } from '../ui/Trouble';
import { troubleWords } from '../ui/troubleWords';
import type { Returned } from './openid';
import { sceneFor } from './scene';
import type { SecretLink } from './secretLink';
import { useSession } from './useSession';

const Entrance = lazy(() => import('../entrance/Entrance'));

interface Props {
  link: SecretLink | undefined;
  returned: Returned | undefined;
  onLinkDone: () => void;
}

/** Asks who is there before anything else, and lets them in or shows the way in. The address stays as it is. */
export function Gate({ link, returned, onLinkDone }: Props) {
  const { session, error, recheck, enter } = useSession();
  if (!session) {
    if (!error) return <FirstLook />;
    return <Trouble {...troubleWords(error, 'this page')} action="Try again" onAction={recheck} />;
  }
  const scene = sceneFor(session, link);
  const { login, person, openid } = session;
  // The key: what the page knows of somebody's cameras is gone with them.
  if (scene === 'pages' && person) {
    return <Pages key={person.id} visit={{ login, person, openid, returned, recheck }} />;
  }
  return (
    <Suspense>
      <Entrance
        scene={scene}
        link={link}
        openid={openid}
        returned={returned}
        onEntered={(entered: Session) => {
          enter(entered);
          onLinkDone();
        }}
        onLinkDone={onLinkDone}
        onRecheck={recheck}
      />
    </Suspense>
  );
}
