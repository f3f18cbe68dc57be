import { useEffect, useState } from 'react';
import { Gate } from './session/Gate';
import { takeSecret, type SecretLink } from './session/secretLink';
import { ErrorBoundary } from './ui/ErrorBoundary';

interface Props {
  /** What the page was opened with. */
  link: SecretLink | undefined;
}

export function App({ link: opened }: Props) {
  const [link, setLink] = useState(opened);
  useEffect(() => {
    // A link that is opened where the page is open already changes nothing but what stands behind the #.
    const onHash = () => setLink((before) => takeSecret() ?? before);
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  return (
    <ErrorBoundary>
      <Gate link={link} onLinkDone={() => setLink(undefined)} />
    </ErrorBoundary>
  );
}
