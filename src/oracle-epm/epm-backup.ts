import { omitUndefined } from '../values/omit-undefined.ts';
import { type EpmBackupKind, kindOfBackup, timeOfBackup } from './backup-name.ts';

/** A backup in the archive. */
export interface EpmBackup {
  /** The name, for `backupName`. It must be sent unchanged (OE-18). */
  readonly id: string;
  /** The same as `id`, under the name that the vendor uses. */
  readonly name: string;
  readonly kind: EpmBackupKind;
  /** When it was made, from the UTC time in the name; absent if the name has none. */
  readonly createdAt?: Date;
}

export function toBackup(name: string): EpmBackup {
  const createdAt = timeOfBackup(name);
  return omitUndefined({ id: name, name, kind: kindOfBackup(name), createdAt });
}
