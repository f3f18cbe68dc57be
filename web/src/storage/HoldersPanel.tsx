import { Panel } from '../ui/Panel';
import styles from './HoldersPanel.module.css';
import { holders, holderWords } from './storageWords';
import { useStorage } from './useStorage';

/** Which camera takes how much, the most first. */
export function HoldersPanel() {
  const { data } = useStorage();
  if (!data?.cameras.length) return null;
  const cameras = holders(data.cameras);
  const most = Math.max(1, cameras[0]?.bytes ?? 0);
  return (
    <Panel title="Who takes the room" lead="Originals. Thumbnails and the catalog are not in it.">
      <ul className={styles.holders}>
        {cameras.map((camera) => (
          <li key={camera.id} className={styles.holder}>
            <p className={styles.name}>
              {camera.name}
              {camera.removed && <span className={styles.mark}>removed</span>}
            </p>
            <p className={styles.words}>{holderWords(camera)}</p>
            <span
              className={styles.bar}
              style={{ width: `${(100 * camera.bytes) / most}%` }}
              aria-hidden="true"
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
