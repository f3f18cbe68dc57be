// What somebody types on the server to keep a copy. Pure.
import type { System } from '../api/system';

interface Words {
  lead: string;
  command: string;
  after: string;
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function backupCommand(settings: System['settings']): Words {
  const value = (key: string) => settings.find((setting) => setting.key === key)?.value ?? '';
  const data = quoted(value('data'));
  if (value('database').startsWith('postgres')) {
    return {
      lead: 'The catalog is in PostgreSQL: copy it first, then the files. A picture without its row is found again.',
      command: `pg_dump --format=custom --file=/mnt/backup/heliograph.dump DATABASE\nrsync -a ${data}/images ${data}/quarantine ${data}/firmware /mnt/backup/`,
      after: 'docs/backup.md tells how it is restored, and what else there is to keep.',
    };
  }
  return {
    lead: 'While the server runs: the catalog as it is at one moment, and the file of every picture in it. The next time only what is new.',
    command: `heliograph --data ${data} backup /mnt/backup`,
    after:
      'The configuration file and certificates are not in it. To restore, copy the backup to where the data was, and start the server; docs/backup.md tells the rest.',
  };
}
