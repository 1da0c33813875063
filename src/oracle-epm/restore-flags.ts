import { requireBoolean } from '../errors/require.ts';

/** What a restore of the environment restores in addition to the application. */
export interface RestoreFlags {
  /**
   * Users and their role assignments. This needs the role Identity Domain Administrator and may remove your own access.
   */
  readonly usersAndPreDefinedRoles: boolean;
  /** The daily maintenance start time of the backup. */
  readonly dailyMaintenanceStartTime: boolean;
  /** The contents of inbox, outbox and stored snapshots. */
  readonly storedSnapshotsAndFiles: boolean;
}

/** The flags as callers pass them. */
export type SomeFlags = { readonly [Name in keyof RestoreFlags]?: boolean | undefined };

/** The defaults of the vendor. The second flag moves the maintenance schedule if it is left out (OE-13). */
const DEFAULTS: RestoreFlags = {
  usersAndPreDefinedRoles: false,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: false,
};

/** @throws {ConfigurationError} a flag is set and is no boolean; the text 'false' would count as true */
export function toFlags(input: SomeFlags): RestoreFlags {
  return { ...DEFAULTS, ...checkedFlags(input) };
}

/** The flags that were set, checked. */
export function checkedFlags(input: SomeFlags): Partial<RestoreFlags> {
  const checked: Partial<Record<keyof RestoreFlags, boolean>> = {};
  for (const name of Object.keys(DEFAULTS) as (keyof RestoreFlags)[]) {
    const value = input[name];
    if (value !== undefined) checked[name] = requireBoolean(name, value);
  }
  return checked;
}

/**
 * Writes all three flags, so that no default of the server applies, as texts in lower case, because other spellings are
 * not documented (OE-15).
 */
export function toWireFlags(flags: RestoreFlags) {
  const text = (flag: boolean) => (flag ? 'true' : 'false');
  return {
    usersAndPreDefinedRoles: text(flags.usersAndPreDefinedRoles),
    dailyMaintenanceStartTime: text(flags.dailyMaintenanceStartTime),
    storedSnapshotsAndFiles: text(flags.storedSnapshotsAndFiles),
  } as const;
}
