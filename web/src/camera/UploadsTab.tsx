import { CircleCheck, CopyCheck, OctagonX, type LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import { linkTo, linkToCamera } from '../address';
import type { Camera } from '../api/gallery';
import { momentWords, sizeWords, spanWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Panel } from '../ui/Panel';
import { missingWords, totalsWords, type Upload } from './uploadLog';
import styles from './UploadsTab.module.css';
import { useUploads } from './useUploads';

/** What became of the camera's last uploads, and why. */
export default function UploadsTab({ camera }: { camera: Camera }) {
  const uploads = useUploads(camera.id);
  const health = uploads.data?.health;
  const missing = health && missingWords(health);
  return (
    <Panel title="Last uploads" {...(health && { lead: totalsWords(health) })}>
      {missing !== undefined && (
        <p className={styles.missing} role="status">
          {missing}
        </p>
      )}
      <Awaited query={uploads} what="the uploads">
        {({ uploads: all }) =>
          all.length === 0 ? (
            <Nothing>It has sent nothing yet.</Nothing>
          ) : (
            <ol className={styles.log} aria-label="Last uploads, newest first">
              {all.map((upload) => (
                <Entry key={keyOf(upload)} camera={camera.id} upload={upload} />
              ))}
            </ol>
          )
        }
      </Awaited>
    </Panel>
  );
}

function keyOf(upload: Upload): string {
  return upload.kind === 'stored' ? upload.image.id : `${upload.kind} ${upload.at}`;
}

const ICONS: Record<Upload['kind'], LucideIcon> = {
  stored: CircleCheck,
  repeated: CopyCheck,
  refused: OctagonX,
};

function Entry({ camera, upload }: { camera: string; upload: Upload }) {
  const Icon = ICONS[upload.kind];
  return (
    <li className={styles.entry} data-kind={upload.kind}>
      <Icon className={styles.icon} size={18} strokeWidth={1.75} aria-hidden />
      <p className={styles.what}>
        <What camera={camera} upload={upload} />
      </p>
      <time className={styles.when} dateTime={new Date(upload.at).toISOString()}>
        {momentWords(upload.at)}
      </time>
    </li>
  );
}

// A picture that was this long on its way came from the camera's spool.
const LATE_MS = 2 * 60_000;

function What({ camera, upload }: { camera: string; upload: Upload }) {
  switch (upload.kind) {
    case 'stored': {
      const { id, width, height, size_bytes, captured_at, salvaged } = upload.image;
      const late = upload.at - captured_at;
      return (
        <>
          <Link href={linkTo({ camera, image: id })} className={styles.link ?? ''}>
            Stored
          </Link>
          {` · ${width} × ${height}, ${sizeWords(size_bytes)}`}
          {late >= LATE_MS && ` · taken ${spanWords(late)} before`}
          {salvaged && ' · found inside of bytes that were no picture as a whole'}
        </>
      );
    }
    case 'repeated':
      return 'Repeated: that picture was here, and is kept once';
    case 'refused':
      return (
        <>
          {`Refused: ${upload.reason}`}
          {upload.bytes && (
            <>
              {' · '}
              <Link href={linkToCamera(camera, 'quarantine')} className={styles.link ?? ''}>
                its bytes
              </Link>
            </>
          )}
        </>
      );
  }
}
