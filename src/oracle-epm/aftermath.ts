import type { RestoreFlags } from './restore-flags.ts';

/** Groups and granular roles come back whatever the flags say (OE-21). */
const ALWAYS = [
  'The application and its data are those of the backup; what was changed since is gone.',
  'Groups and granular role assignments are those of the backup, whatever the flags said; your own access may have changed.',
] as const;

/** By flag: what a restore with it has changed, and what to check where the flag is not known. */
const BY_FLAG: readonly (readonly [keyof RestoreFlags, string, string])[] = [
  [
    'usersAndPreDefinedRoles',
    'Users and their predefined roles were restored from the backup; check who has access now.',
    'Users and their predefined roles may be those of the backup: the flags of this restore are not known here.',
  ],
  [
    'dailyMaintenanceStartTime',
    'The daily maintenance start time was set to that of the backup; set it back if the schedule should stay.',
    'The daily maintenance start time may have moved, as it does by default: the flags of this restore are not known here.',
  ],
  [
    'storedSnapshotsAndFiles',
    'Inbox, outbox and stored snapshots hold what the backup held; files added since are gone.',
    'Inbox, outbox and stored snapshots may hold what the backup held: the flags of this restore are not known here.',
  ],
];

/** What the restore of an environment has changed. A flag that is left out is not known: somebody else started it. */
export function aftermathOf(flags: { readonly [Name in keyof RestoreFlags]?: boolean | undefined }): readonly string[] {
  const told = BY_FLAG.flatMap(([name, done, maybe]) => {
    if (flags[name] === undefined) return [maybe];
    return flags[name] ? [done] : [];
  });
  return [...ALWAYS, ...told];
}

/** Oracle calls it Restore Backups, and prints two rules for the name of the copy (OE-17). */
export const COPY_AFTERMATH: readonly string[] = [
  'Nothing was restored: the backup was copied to the files of the environment, and importing it is a call of its own.',
  'The name of the copy is told by the list of files; the two official texts on it contradict each other.',
];
