import type { System } from '../api/system';
import { Panel } from '../ui/Panel';
import styles from './SettingsPanel.module.css';

/** The configuration that is in force. It is changed on the machine: whoever holds a session must not reach that far. */
export function SettingsPanel({ settings }: Pick<System, 'settings'>) {
  return (
    <Panel
      title="Configuration"
      lead="As it is in force, whether it was set or not. It is changed in the configuration file on the server, and read when the server starts."
    >
      <dl className={styles.settings}>
        {settings.map(({ key, value, about }) => (
          <div key={key} className={styles.setting}>
            <dt className={styles.key}>{key}</dt>
            <dd className={styles.value}>{value}</dd>
            <dd className={styles.about}>{about}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
