import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../api/session';
import { makeQueries } from '../queries';
import type { Returned } from '../session/openid';
import type { Scene } from '../session/scene';
import type { SecretLink } from '../session/secretLink';
import { EntranceFrame } from './EntranceFrame';
import { NoAccount } from './NoAccount';
import { SetPassword } from './SetPassword';
import { SetUp } from './SetUp';
import { SignIn } from './SignIn';

export interface EntranceProps {
  scene: Scene;
  link: SecretLink | undefined;
  /** The name of the OpenID provider; null: there is none. */
  openid: string | null;
  /** How it went there. */
  returned: Returned | undefined;
  onEntered: (session: Session) => void;
  /** The link has done what it can. */
  onLinkDone: () => void;
  /** Asks the server again whether somebody may come in. */
  onRecheck: () => void;
}

/** What stands before the pages. */
export default function Entrance(props: EntranceProps) {
  const [queries] = useState(makeQueries);
  return (
    <QueryClientProvider client={queries}>
      <EntranceFrame>
        <EntranceScene {...props} />
      </EntranceFrame>
    </QueryClientProvider>
  );
}

function EntranceScene(props: EntranceProps) {
  const { scene, link, openid, returned, onEntered, onLinkDone, onRecheck } = props;
  // Somebody whose link has set a password, and who is asked for the second factor now.
  const [ready, setReady] = useState<string>();
  if (scene === 'no-account') return <NoAccount onRecheck={onRecheck} />;
  if (scene === 'set-up' && link) return <SetUp token={link.token} onEntered={onEntered} />;
  if (scene === 'link' && link) {
    return (
      <SetPassword
        token={link.token}
        openid={openid}
        onEntered={onEntered}
        onReady={(name) => {
          setReady(name);
          onLinkDone();
        }}
        onGiveUp={onLinkDone}
      />
    );
  }
  return (
    <SignIn
      name={ready}
      usedSetUp={link?.kind === 'setup'}
      openid={openid}
      returned={returned}
      onEntered={onEntered}
    />
  );
}
