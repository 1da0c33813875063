/** A record of the backup history. */
export interface FromBackupRecord {
  /** The `id` that `docspace.backup.history()` tells: a GUID. */
  readonly backupId: string;
  readonly storage?: undefined;
}

/** An archive that lies in the portal's documents, or in a third-party account that is connected to them. */
export interface FromDocument {
  readonly backupId?: undefined;
  readonly storage: 'documents' | 'third-party-documents';
  readonly fileId: string;
}

/** An archive that was uploaded to the server before. */
export interface FromLocalFile {
  readonly backupId?: undefined;
  readonly storage: 'local';
  /** Has to be there; the server takes the file that was uploaded last, whatever this says. */
  readonly filePath: string;
}

/** An archive in the server's own store, or in an account such as S3 that is set up for the portal. */
export interface FromStore {
  readonly backupId?: undefined;
  readonly storage: 'data-store' | 'third-party-consumer';
  /** Parameters of the store, all of them texts; `filePath` names the archive in it. */
  readonly params: { readonly filePath: string; readonly [name: string]: string };
}

/**
 * Where the archive comes from: a record of the history or a storage, never both, since a `backupId` that is a GUID
 * makes the server ignore all the rest, and any other makes it ignore the `backupId` (DS-24, DS-25).
 */
export type RestoreSource = FromBackupRecord | FromDocument | FromLocalFile | FromStore;

export type StartRestoreInput = RestoreSource & {
  /** Whom to mail when it is done, not whether: true every active user, false the owner only. @default false (DS-23) */
  readonly notify?: boolean | undefined;
  /**
   * Restores the whole server instead of one portal; on servers of your own only.
   * @default left out, which is the portal; servers before 2025 do not know it
   */
  readonly dump?: boolean | undefined;
  /** When the backup was made, as the history tells it; becomes the result's `dataAsOf`. A text needs a zone. */
  readonly backupCreatedOn?: Date | string | undefined;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string | undefined;
};
