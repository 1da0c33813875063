import { omitUndefined } from '../values/omit-undefined.ts';
import { type EpmBackupKind, kindOfBackup, timeOfBackup } from './backup-name.ts';

/** A backup of the archive. */
export interface EpmBackup {
  /** What `backupName` takes: the name, to be sent back letter for letter (OE-18). */
  readonly id: string;
  /** The same, by the vendor's word for it. */
  readonly name: string;
  readonly kind: EpmBackupKind;
  /** When it was made, by the UTC time in the name; absent where the name does not tell it. */
  readonly createdAt?: Date;
}

export function toBackup(name: string): EpmBackup {
  const createdAt = timeOfBackup(name);
  return omitUndefined({ id: name, name, kind: kindOfBackup(name), createdAt });
}
