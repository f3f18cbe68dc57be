import { lazy, Suspense, useEffect, useState } from 'react';
import { Gate } from './session/Gate';
import type { Returned } from './session/openid';
import { readShare } from './session/shareLink';
import { takeSecret, type SecretLink } from './session/secretLink';
import { ErrorBoundary } from './ui/ErrorBoundary';

const SharedPage = lazy(() => import('./shared/SharedPage'));

interface Props {
  /** What the page was opened with. */
  link: SecretLink | undefined;
  /** How the sign-in went that it was sent back from. */
  returned: Returned | undefined;
}

export function App({ link: opened, returned }: Props) {
  const [link, setLink] = useState(opened);
  const [share, setShare] = useState(() => readShare(window.location.hash));
  useEffect(() => {
    // A link that is opened where the page is open already changes nothing but what stands behind the #.
    const onHash = () => {
      setShare(readShare(window.location.hash));
      setLink((before) => takeSecret() ?? before);
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  return (
    <ErrorBoundary>
      {share === undefined ? (
        <Gate link={link} returned={returned} onLinkDone={() => setLink(undefined)} />
      ) : (
        <Suspense>
          <SharedPage key={share} token={share} />
        </Suspense>
      )}
    </ErrorBoundary>
  );
}
