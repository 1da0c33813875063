import { requireBoolean } from '../errors/require.ts';

/** What an environment restore brings back beside the application. */
export interface RestoreFlags {
  /** Users and their role assignments too; needs the Identity Domain Administrator role, and may take your own access away. */
  readonly usersAndPreDefinedRoles: boolean;
  /** The daily maintenance start time of the backup. */
  readonly dailyMaintenanceStartTime: boolean;
  /** Contents of inbox, outbox and stored snapshots, replaced by those of the backup. */
  readonly storedSnapshotsAndFiles: boolean;
}

/** The flags as callers give them. */
export type SomeFlags = { readonly [Name in keyof RestoreFlags]?: boolean | undefined };

/** The vendor's own. The second one moves the maintenance schedule of whoever leaves it out (OE-13). */
const DEFAULTS: RestoreFlags = {
  usersAndPreDefinedRoles: false,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: false,
};

/** @throws {ConfigurationError} a flag that is given and no boolean: the text 'false' would be true */
export function toFlags(input: SomeFlags): RestoreFlags {
  return { ...DEFAULTS, ...givenFlags(input) };
}

/** The flags that were set, checked. */
export function givenFlags(input: SomeFlags): Partial<RestoreFlags> {
  const checked: Partial<Record<keyof RestoreFlags, boolean>> = {};
  for (const name of Object.keys(DEFAULTS) as (keyof RestoreFlags)[]) {
    const value = input[name];
    if (value !== undefined) checked[name] = requireBoolean(name, value);
  }
  return checked;
}

/** All three, so that no default of the server decides, as lower-case text: other spellings are not documented (OE-15). */
export function toWireFlags(flags: RestoreFlags) {
  const text = (flag: boolean) => (flag ? 'true' : 'false');
  return {
    usersAndPreDefinedRoles: text(flags.usersAndPreDefinedRoles),
    dailyMaintenanceStartTime: text(flags.dailyMaintenanceStartTime),
    storedSnapshotsAndFiles: text(flags.storedSnapshotsAndFiles),
  } as const;
}
