import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import styles from './DiskPanel.module.css';
import { disk, forecastDetail, forecastWords, roomWords } from './storageWords';
import { useStorage } from './useStorage';

const LEVELS = {
  plenty: undefined,
  low: 'Room is getting low: what the rules let go is removed earlier.',
  reserve: 'The disk is full: uploads are refused until there is room again.',
};

/** The disk, and when it will be full. */
export function DiskPanel() {
  const { data: storage, error } = useStorage();
  if (!storage) {
    return (
      <Panel title="Disk">
        <Problem error={error} />
        {!error && <p className={styles.detail}>Looking at the disk …</p>}
      </Panel>
    );
  }
  const warning = LEVELS[storage.level];
  const shares = disk(storage);
  return (
    <Panel title={forecastWords(storage.forecast)} lead={forecastDetail(storage.forecast)}>
      <Problem error={error} />
      {warning !== undefined && (
        <p role="status" className={styles.warning}>
          {warning}
        </p>
      )}
      <div className={styles.bar} aria-hidden="true">
        {shares.map(({ name, part }) => (
          <span key={name} className={styles.part} data-part={name} style={{ flexGrow: part }} />
        ))}
      </div>
      <dl className={styles.shares}>
        {shares.map(({ name, bytes }) => (
          <div key={name} className={styles.share}>
            <span className={styles.key} data-part={name} aria-hidden="true" />
            <dt>{name}</dt>
            <dd>{roomWords(bytes)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
