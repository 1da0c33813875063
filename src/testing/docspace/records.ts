import { type DocSpaceBackup, docspaceBackups } from './archives.ts';
import { guid } from './ids.ts';
import type { DocSpaceScenario } from './scenario.ts';

interface BackupRecord {
  readonly backup: DocSpaceBackup;
  /** How often the tenant had been replaced when the record was written. */
  readonly generation: number;
}

/** The history of backups. The restore of a portal gives every record of it a new id. */
export function createRecords(scenario: DocSpaceScenario, generation: () => number, now: () => number) {
  const backups: readonly DocSpaceBackup[] = scenario.backups ?? Object.values(docspaceBackups);
  const first = generation();
  let records: BackupRecord[] = backups.map((backup) => ({ backup, generation: first }));

  /** Everything that was ever there: deleted records count too. */
  const ever: DocSpaceBackup[] = [...backups];

  const toBackup = (record: BackupRecord, index: number): DocSpaceBackup => {
    const swaps = generation() - record.generation;
    return swaps > 0 ? { ...record.backup, id: guid(0x9d2f4a60 + swaps, index + 1) } : record.backup;
  };
  const all = (): DocSpaceBackup[] => records.map(toBackup);

  return {
    backup: (id: string): DocSpaceBackup | undefined => all().find((backup) => backup.id.toLowerCase() === id),
    backupIds: (): string[] => all().map(({ id }) => id),
    /** Reads the history and deletes records of that kind without an archive, as the server does. */
    readHistory(dump: boolean): readonly DocSpaceBackup[] {
      const isOfKind = ({ backup }: BackupRecord) => (backup.dump ?? false) === dump;
      const ids = new Map(records.map((record, index) => [record, toBackup(record, index)]));
      const isGone = ({ archive, expiresOn }: DocSpaceBackup) =>
        archive === 'missing' || (expiresOn !== undefined && Date.parse(`${expiresOn}Z`) <= now());
      records = records.filter((record) => !isOfKind(record) || !isGone(record.backup));
      return records.filter(isOfKind).map((record) => ids.get(record) ?? record.backup);
    },
    addBackup(backup: DocSpaceBackup): void {
      ever.push(backup);
      records = [...records, { backup, generation: generation() }];
    },
    removeBackup(id: string): void {
      records = records.filter((record, index) => toBackup(record, index).id.toLowerCase() !== id.toLowerCase());
    },
    everyBackup: (): readonly DocSpaceBackup[] => ever,
  };
}
