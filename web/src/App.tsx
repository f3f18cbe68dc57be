import { useEffect, useState } from 'react';
import { Gate } from './session/Gate';
import type { Returned } from './session/openid';
import { takeSecret, type SecretLink } from './session/secretLink';
import { ErrorBoundary } from './ui/ErrorBoundary';

interface Props {
  /** What the page was opened with. */
  link: SecretLink | undefined;
  /** How the sign-in went that it was sent back from. */
  returned: Returned | undefined;
}

export function App({ link: opened, returned }: Props) {
  const [link, setLink] = useState(opened);
  useEffect(() => {
    // A link that is opened where the page is open already changes nothing but what stands behind the #.
    const onHash = () => setLink((before) => takeSecret() ?? before);
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  return (
    <ErrorBoundary>
      <Gate link={link} returned={returned} onLinkDone={() => setLink(undefined)} />
    </ErrorBoundary>
  );
}
