/** A record of the backup history. */
export interface FromBackupRecord {
  /** The `id` that `docspace.backups.list()` tells: a GUID. */
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

/** An archive in the server's own store. */
export interface FromDataStore {
  readonly backupId?: undefined;
  readonly storage: 'data-store';
  /** Parameters of the store, all of them texts; `filePath` names the archive in it. */
  readonly params: { readonly filePath: string; readonly [name: string]: string };
}

/** An archive in an account such as S3 that is set up for the portal. */
export interface FromThirdPartyConsumer {
  readonly backupId?: undefined;
  readonly storage: 'third-party-consumer';
  /** Parameters of the account, all of them texts; `module` names it, as in 'S3', and `filePath` the archive in it. */
  readonly params: { readonly module: string; readonly filePath: string; readonly [name: string]: string };
}

/**
 * Where the archive comes from: a record of the history or a storage, never both, since a `backupId` that is a GUID
 * makes the server ignore all the rest, and any other makes it ignore the `backupId` (DS-24, DS-25).
 */
export type RestoreSource = FromBackupRecord | FromDocument | FromLocalFile | FromDataStore | FromThirdPartyConsumer;

export type RestorePortalInput = RestoreSource & {
  /**
   * Whom to mail, not whether: true all active users, false the owner only; at the start and at the end (DS-23).
   * @default false
   */
  readonly notify?: boolean | undefined;
  /**
   * Restores the whole server instead of one portal; on servers of your own only.
   * @default false; servers before 2025 do not know it
   */
  readonly dump?: boolean | undefined;
  /** When the backup was made, as `createdAt` of the list tells it; becomes the result's `dataAsOf`. A text needs a zone. */
  readonly backupCreatedAt?: Date | string | undefined;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string | undefined;
};
