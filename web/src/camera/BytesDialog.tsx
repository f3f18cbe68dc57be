import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { fetchFirstBytes, quarantineUrl, type Quarantined } from '../api/quarantine';
import { sizeWords } from '../time/words';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { FormButtons } from '../ui/Form';
import styles from './BytesDialog.module.css';
import { DownloadLink } from '../ui/DownloadLink';
import { hexDump } from './hexDump';

// A frame's header and more, and a page of text that a phone scrolls well.
const SHOWN_BYTES = 4096;

/** What refused bytes are, as far as their beginning tells: never shown as what they claim to be. */
export function BytesDialog({ bytes, onClose }: { bytes: Quarantined; onClose: () => void }) {
  const first = useQuery({
    queryKey: ['quarantined-bytes', bytes.id],
    queryFn: ({ signal }) => fetchFirstBytes(bytes.id, SHOWN_BYTES, signal),
  });
  const whole = bytes.size_bytes <= SHOWN_BYTES;
  return (
    <Dialog title={bytes.filename} onClose={onClose} wide>
      <div className={styles.content}>
        <p className={styles.lead}>
          {whole
            ? sizeWords(bytes.size_bytes)
            : `The first ${sizeWords(SHOWN_BYTES)} of ${sizeWords(bytes.size_bytes)}`}
          {' · SHA-256 '}
          <code className={styles.hash}>{bytes.sha256}</code>
        </p>
        <Awaited query={first} what="the bytes">
          {(shown) => (
            // Long, and wider than a phone: it is scrolled, also with keys.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <pre className={styles.dump} tabIndex={0} aria-label="Bytes">
              {hexDump(shown)}
            </pre>
          )}
        </Awaited>
        <FormButtons>
          <Button onClick={onClose}>Close</Button>
          <DownloadLink icon={Download} href={quarantineUrl(bytes.id)} filename={bytes.filename}>
            Download all of it
          </DownloadLink>
        </FormButtons>
      </div>
    </Dialog>
  );
}
