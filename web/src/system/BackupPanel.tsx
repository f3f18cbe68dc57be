import type { System } from '../api/system';
import { CommandLine } from '../ui/CommandLine';
import { Panel } from '../ui/Panel';
import { backupCommand } from './backupCommand';
import styles from './BackupPanel.module.css';

/** How to keep a copy of everything that cannot be made again. */
export function BackupPanel({ settings }: Pick<System, 'settings'>) {
  const { lead, command, after } = backupCommand(settings);
  return (
    <Panel title="Backup" lead={lead}>
      <CommandLine command={command} />
      <p className={styles.after}>{after}</p>
    </Panel>
  );
}
