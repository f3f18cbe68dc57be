import { expect, test } from 'vitest';
import { backupCommand } from './backupCommand';

const settings = (data: string, database: string) => [
  { key: 'data', value: data, about: '' },
  { key: 'database', value: database, about: '' },
];

test('names the directory so that a shell takes it for one word', () => {
  const command = (data: string) => backupCommand(settings(data, 'SQLite in the data directory')).command;
  expect(command('/srv/heliograph')).toBe('heliograph --data /srv/heliograph backup /mnt/backup');
  expect(command("/srv/my pictures' place")).toBe(
    "heliograph --data '/srv/my pictures'\\'' place' backup /mnt/backup",
  );
});

test('a catalog in PostgreSQL is copied by its own tools, before the files', () => {
  const lines = backupCommand(settings('/srv/heliograph', 'postgresql://db/heliograph')).command.split('\n');
  expect(lines[0]).toMatch(/^pg_dump /);
  expect(lines[1]).toMatch(/^rsync -a \/srv\/heliograph\/images /);
});
