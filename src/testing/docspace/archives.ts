/** What a restore finds in place of the archive. */
export type SourceState =
  | 'good'
  | 'invalid'
  /** Made by another portal; only SaaS minds. */
  | 'foreign'
  | 'missing'
  /** Storage type 2, which nobody has implemented. */
  | 'unknown-storage'
  | 'zero-guid'
  /** Storage type 5 without the name of the account. */
  | 'without-module'
  /** Storage type 3 without an upload: the worker cannot even start. */
  | 'not-uploaded';

/** A record of the backup history. */
export interface DocSpaceBackup {
  readonly id: string;
  readonly fileName: string;
  /** As in answers: 0 Documents, 1 ThridpartyDocuments, 3 Local, 4 DataStore, 5 ThirdPartyConsumer. */
  readonly storageType: number;
  readonly createdOn: string;
  /** When the data store lets go of it. @default never */
  readonly expiresOn?: string;
  /** @default 'good' */
  readonly archive?: SourceState;
  readonly dump?: boolean;
}

/** The history of the emulated portal: a good backup, a damaged one, one without its archive, a dump of the server. */
export const docspaceBackups = {
  good: {
    id: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11',
    fileName: 'portal_2026-06-29_02-00-00.tar.gz',
    storageType: 0,
    createdOn: '2026-06-29T02:00:00',
  },
  damaged: {
    id: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a12',
    fileName: 'portal_2026-06-28_02-00-00.tar.gz',
    storageType: 0,
    createdOn: '2026-06-28T02:00:00',
    archive: 'invalid',
  },
  lost: {
    id: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a13',
    fileName: 'portal_2026-06-27_02-00-00.tar.gz',
    storageType: 1,
    createdOn: '2026-06-27T02:00:00',
    archive: 'missing',
  },
  dump: {
    id: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a14',
    fileName: 'dump_2026-06-26_02-00-00.tar.gz',
    storageType: 3,
    createdOn: '2026-06-26T02:00:00',
    dump: true,
  },
} as const satisfies Record<string, DocSpaceBackup>;

/** Folders that a backup can be stored in: of the portal by id, of a third-party account by path. */
export const docspaceFolders: readonly string[] = ['12', 'sbox-1-|backups'];

/** Archives outside the history: files of the portal by id, objects of a store by path. */
export const docspaceFiles = {
  '1234': 'good',
  '1235': 'invalid',
  '1236': 'foreign',
  'sbox-1-|backup.tar.gz': 'good',
  'backup/portal.tar.gz': 'good',
} as const satisfies Record<string, SourceState>;

const GUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

/** The GUID in its usual form, or undefined if the text is no GUID. */
export function toGuid(text: string): string | undefined {
  return GUID.exec(text.trim())?.slice(1).join('-').toLowerCase();
}

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
