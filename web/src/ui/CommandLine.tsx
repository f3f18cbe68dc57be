import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import styles from './CommandLine.module.css';
import { IconButton } from './IconButton';

const COPIED_SHOWN_MS = 1_500;

interface Props {
  command: string;
  /** What it is, if no command. */
  what?: string;
}

/** Something to type elsewhere, or to copy. */
export function CommandLine({ command, what = 'command' }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  // Browsers lend the clipboard only to pages from a secure origin.
  const clipboard = window.isSecureContext ? navigator.clipboard : undefined;
  const copy = () => void clipboard?.writeText(command).then(() => setCopied(true));

  return (
    <div className={styles.line}>
      <pre className={styles.command}>
        <code>{command}</code>
      </pre>
      {clipboard && (
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? 'Copied' : `Copy the ${what}`}
          onClick={copy}
        />
      )}
    </div>
  );
}
