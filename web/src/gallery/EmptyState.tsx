import { Link } from 'wouter';
import { linkToPage } from '../address';
import type { Camera } from '../api/gallery';
import { pictureWords } from '../time/words';
import { CommandLine } from '../ui/CommandLine';
import { isolated } from '../ui/isolated';
import styles from './EmptyState.module.css';

interface Props {
  cameras: readonly Camera[];
  camera: string | undefined;
  /** Whether the reader can do something about it. */
  teach: boolean;
  /** Pictures of it that are in the trash, if the reader may see that. */
  trashed: number;
}

/** No picture: how to get the first one here, or where they all are. */
export function EmptyState({ cameras, camera, teach, trashed }: Props) {
  const chosen = cameras.find(({ id }) => id === camera);
  if (camera !== undefined && !chosen) {
    return (
      <main className={styles.empty}>
        <h2 className={styles.title}>There is no such camera</h2>
        <p className={styles.lead}>The link may be old, or the camera was removed.</p>
        <AllCamerasLink />
      </main>
    );
  }
  if (trashed > 0) {
    return (
      <main className={styles.empty}>
        <Horizon />
        <h2 className={styles.title}>
          {chosen
            ? `All pictures from ${isolated(chosen.name)} are in the trash`
            : 'All pictures are in the trash'}
        </h2>
        <p className={styles.lead}>
          {pictureWords(trashed)} can be restored from there until they go for good.
        </p>
        <Link href={linkToPage('trash')} className={styles.link ?? ''}>
          Look into the trash
        </Link>
        {chosen && <AllCamerasLink />}
      </main>
    );
  }
  return (
    <main className={styles.empty}>
      <Horizon />
      <h2 className={styles.title}>{titleFor(chosen, cameras)}</h2>
      {teach && <Steps withCamera={cameras.length > 0} />}
      <p className={styles.lead}>It appears here the moment it arrives.</p>
      {chosen && <AllCamerasLink />}
    </main>
  );
}

function Steps({ withCamera }: { withCamera: boolean }) {
  return (
    <ol className={styles.steps}>
      {!withCamera && (
        <li className={styles.step}>
          <p>
            <Link href={linkToPage('cameras')} className={styles.link ?? ''}>
              Add a camera
            </Link>
            , or on the server itself. Its key is shown once:
          </p>
          <CommandLine command="heliograph camera add north-orchard" />
        </li>
      )}
      <li className={styles.step}>
        <p>Send a picture with that key, from an ESP32 or from here:</p>
        <CommandLine command={uploadCommand(window.location.origin)} />
      </li>
    </ol>
  );
}

function titleFor(chosen: Camera | undefined, cameras: readonly Camera[]): string {
  if (chosen) return `No pictures from ${isolated(chosen.name)} yet`;
  return cameras.length === 0 ? 'Nothing in sight yet' : 'Waiting for the first picture';
}

function uploadCommand(origin: string): string {
  return [
    'curl --data-binary @photo.jpg',
    "  -H 'Content-Type: image/jpeg'",
    "  -H 'Authorization: Bearer KEY'",
    `  ${origin}/upload`,
  ].join(' \\\n');
}

function AllCamerasLink() {
  return (
    <Link href="/" className={styles.link ?? ''}>
      Show all cameras
    </Link>
  );
}

/** Hills, a mirror on one of them, and a ray on its way to you. */
function Horizon() {
  return (
    <svg className={styles.horizon} viewBox="0 0 320 120" aria-hidden="true">
      <path className={styles.ray} d="M71 62 300 18" />
      <circle className={styles.sun} cx="64" cy="63" r="6" />
      <path className={styles.far} d="M0 92c40-26 74-30 112-12s74 14 112-6 66-14 96 4v42H0z" />
      <path className={styles.near} d="M0 108c52-22 108-14 160-4s112 6 160-12v28H0z" />
    </svg>
  );
}
