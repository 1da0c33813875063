/** A backup from the backup history. */
export interface FromBackupRecord {
  /** The `id` from `docspace.backups.list()`, a GUID. */
  readonly backupId: string;
  readonly storage?: undefined;
}

/** An archive in the documents of the portal, or in a third-party account that is connected to them. */
export interface FromDocument {
  readonly backupId?: undefined;
  readonly storage: 'documents' | 'third-party-documents';
  readonly fileId: string;
}

/** An archive that was uploaded to the server before, with `docspace.portal.upload`. */
export interface FromLocalFile {
  readonly backupId?: undefined;
  readonly storage: 'local';
  /** `filePath` of the upload. It is required, but the server always takes the archive that was uploaded last. */
  readonly filePath: string;
}

/** An archive in the server's own store. */
export interface FromDataStore {
  readonly backupId?: undefined;
  readonly storage: 'data-store';
  /** Parameters of the store, all of them strings. `filePath` is the archive in it. */
  readonly params: { readonly filePath: string; readonly [name: string]: string };
}

/** An archive in an account such as S3 that is set up for the portal. */
export interface FromThirdPartyConsumer {
  readonly backupId?: undefined;
  readonly storage: 'third-party-consumer';
  /**
   * Parameters of the account, all of them strings. `module` is its kind, such as 'S3', and `filePath` is the archive in
   * it.
   */
  readonly params: { readonly module: string; readonly filePath: string; readonly [name: string]: string };
}

/**
 * Where the archive comes from: the backup history or a storage, never both. If `backupId` is a GUID, the server
 * ignores the storage, otherwise it ignores the `backupId` (DS-24, DS-25).
 */
export type DocSpaceRestoreSource =
  | FromBackupRecord
  | FromDocument
  | FromLocalFile
  | FromDataStore
  | FromThirdPartyConsumer;

export type RestorePortalInput = DocSpaceRestoreSource & {
  /**
   * Who gets mail at the start and at the end: all active users if true, only the owner if false (DS-23).
   * @default false
   */
  readonly notify?: boolean | undefined;
  /**
   * Restores the whole server instead of one portal. For self-hosted servers only.
   * @default false; servers from before 2025 do not support it
   */
  readonly dump?: boolean | undefined;
  /**
   * When the backup was made, for example `createdAt` of the list. It becomes `dataAsOf` of the result. A text needs a
   * zone.
   */
  readonly backupCreatedAt?: Date | string | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
};
