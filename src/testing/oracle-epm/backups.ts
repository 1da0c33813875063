/** A backup in the archive of the emulated environment. */
export interface OracleEpmBackup {
  /** As listed: `<time>/Environment_Backup` or `<time>/Artifact_Snapshot.zip`. */
  readonly name: string;
  /** What the application holds after it was restored. @default the name */
  readonly contents?: string;
  /** @default '08:00' */
  readonly maintenanceStartTime?: string;
  /** Stored snapshots and files. @default none */
  readonly files?: readonly string[];
  /** false if its restore is accepted but fails after two status answers (OE-19). @default true */
  readonly restorable?: boolean;
}

/** Both kinds; the oldest environment backup is outside of the three months within which it could be restored. */
export const defaultBackups: readonly OracleEpmBackup[] = [
  { name: '2026-01-31T06:40:34/Environment_Backup', maintenanceStartTime: '06:00', restorable: false },
  { name: '2026-03-15T06:40:34/Artifact_Snapshot.zip' },
  { name: '2026-03-15T06:40:34/Environment_Backup', maintenanceStartTime: '06:00', files: ['inbox/march.csv'] },
  { name: '2026-04-23T08:48:06/Artifact_Snapshot.zip' },
  { name: '2026-04-23T08:48:06/Environment_Backup', maintenanceStartTime: '08:00', files: ['inbox/april.csv'] },
];

/** The text after the first slash of a name is the kind (OE-16). */
export function isKind(name: string, kind: 'Environment_Backup' | 'Artifact_Snapshot'): boolean {
  return name.slice(name.indexOf('/') + 1).startsWith(kind);
}

/** The list in an order of the scenario; Oracle documents none. */
export function ordered(
  backups: readonly OracleEpmBackup[],
  order: 'as-given' | 'newest-first' | 'oldest-first' | 'mixed' = 'as-given',
): readonly OracleEpmBackup[] {
  const oldestFirst = [...backups].sort((one, other) => compare(one.name, other.name));
  switch (order) {
    case 'as-given':
      return backups;
    case 'oldest-first':
      return oldestFirst;
    case 'newest-first':
      return oldestFirst.reverse();
    case 'mixed':
      // Neither end holds the newest: those at odd places come first, then the others backwards.
      return [
        ...oldestFirst.filter((_, index) => index % 2 === 1),
        ...oldestFirst.filter((_, index) => index % 2 === 0).reverse(),
      ];
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
