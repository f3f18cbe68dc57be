import { Zap } from 'lucide-react';
import { createElement, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { serveLocally, type BoardImage } from './boardFolder';

/** Asks for the board's port and goes on in the dialog of ESP Web Tools, which comes from this server, too. */
export function InstallButton({ board }: { board: BoardImage }) {
  const element = useRef<HTMLElement>(null);
  const [error, setError] = useState<Error | null>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let gone = false;
    import('esp-web-tools/dist/web/install-button.js').then(
      () => !gone && setReady(true),
      (reason: unknown) => !gone && setError(reason instanceof Error ? reason : new Error(String(reason))),
    );
    return () => {
      gone = true;
    };
  }, []);
  useEffect(() => {
    const { manifest, release } = serveLocally(board);
    element.current?.setAttribute('manifest', manifest);
    return release;
  }, [board]);
  return (
    <>
      <Problem error={error} />
      {createElement(
        'esp-web-install-button',
        { ref: element },
        <Button slot="activate" look="primary" icon={Zap} busy={!ready}>
          Connect and install {board.version}
        </Button>,
      )}
    </>
  );
}
