import type { Storage } from '../api/retention';
import { Awaited } from '../ui/Awaited';
import { Panel } from '../ui/Panel';
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
  const storage = useStorage();
  const forecast = storage.data?.forecast;
  return (
    <Panel
      title={forecast ? forecastWords(forecast) : 'Disk'}
      {...(forecast && { lead: forecastDetail(forecast) })}
    >
      <Awaited query={storage} what="the disk">
        {(known) => <Disk storage={known} />}
      </Awaited>
    </Panel>
  );
}

function Disk({ storage }: { storage: Storage }) {
  const warning = LEVELS[storage.level];
  const shares = disk(storage);
  return (
    <>
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
    </>
  );
}
