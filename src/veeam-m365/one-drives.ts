import type { Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type BrowseOptions, getBelow, listBelow, searchBelow } from './browse.ts';
import { findByText } from './find-by-text.ts';
import {
  CHANGES,
  DOCUMENT_VERSIONS,
  type Fields,
  flag,
  NOTIFICATION,
  ORGANIZATION,
  since,
  text,
  word,
} from './option-fields.ts';
import { requireSeveral, restoreBelow, type SessionRestore } from './restore-below.ts';
import { readKept } from './restore-options.ts';
import type {
  ChangeOptions,
  CommonRestoreOptions,
  DocumentAction,
  DocumentVersions,
  OperatorOptions,
  OrganizationOptions,
  PermissionOptions,
  RestoreCredentials,
  VersionOptions,
} from './restore-words.ts';
import { type SaveOptions, saveBelow } from './session-file.ts';
import { toWireItem } from './session-item.ts';
import type { OneDrive, StoredItem } from './session-items.ts';
import { type PathParams, requireSince, type SessionOf } from './session-requests.ts';
import { type Chosen, type FolderFilter, StoredItems } from './stored-items.ts';

export interface RestoreOneDriveOptions extends RestoreCredentials, OrganizationOptions, CommonRestoreOptions {
  /** What happens where a document is still there. */
  readonly documentAction: DocumentAction;
}

export interface RestoreDocumentOptions extends RestoreOneDriveOptions {
  /** Restores this version of the document. Only for one document that is named by its id. Since v6. */
  readonly versionId?: number | undefined;
}

/** Options of a copy. Without `onedrive`, the data goes to the OneDrive that it was backed up from. */
export interface CopyOneDriveOptions
  extends RestoreCredentials,
    OrganizationOptions,
    CommonRestoreOptions,
    VersionOptions,
    ChangeOptions,
    PermissionOptions {
  /** The target, as `list` returns it. */
  readonly onedrive?: OneDrive | undefined;
  /** A folder of the target. */
  readonly folder?: string | undefined;
}

/** Options of a copy of documents. They know no permissions; `changedItems` and `deletedItems` exist since v8. */
export interface CopyDocumentOptions extends Omit<CopyOneDriveOptions, keyof PermissionOptions> {
  /** Copies this version of the document. Only for one document that is named by its id. Since v6. */
  readonly versionId?: number | undefined;
}

export interface RestoreOneDrivesOptions extends RestoreCredentials, CommonRestoreOptions {
  readonly documentAction: DocumentAction;
  /** Skips OneDrives that are not found, instead of refusing all. The answer may then not list them. */
  readonly skipUnresolved?: boolean | undefined;
  /** The account of SharePoint on premises. */
  readonly onPremisesUserName?: string | undefined;
  readonly onPremisesUserPassword?: Secret | undefined;
}

/** The folders of OneDrives. `folder` is the id of one, or a list of several. */
export interface OneDriveFolders {
  list(oneDriveId: string, options?: FolderFilter & BrowseOptions): Items<StoredItem>;
  get(oneDriveId: string, folderId: string, options?: CallOptions): Promise<StoredItem>;
  /** Restores folders and what is in them. See `session.oneDrives.restore`. */
  restore(oneDriveId: string, folder: Chosen, options: RestoreOneDriveOptions): Promise<SessionRestore>;
  copyTo(oneDriveId: string, folder: Chosen, options?: CopyOneDriveOptions): Promise<SessionRestore>;
  /** Takes folders out as a ZIP file. */
  save(oneDriveId: string, folder: Chosen, options?: SaveOptions): Promise<Download>;
}

/** The documents of OneDrives. `document` is the id of one, or a list of several. */
export interface OneDriveDocuments {
  /** @param options `includeFolders` shows folders too, since v7 */
  list(
    oneDriveId: string,
    options?: FolderFilter & { readonly includeFolders?: boolean | undefined } & BrowseOptions,
  ): Items<StoredItem>;
  get(oneDriveId: string, documentId: string, options?: CallOptions): Promise<StoredItem>;
  /** The versions of a document that are in the backup. Since v6. */
  versions(oneDriveId: string, documentId: string, options?: BrowseOptions): Items<StoredItem>;
  /**
   * Restores documents, or one version of a document, to where they were. See `session.oneDrives.restore`.
   * @example
   * await session.oneDrives.documents.restore(drive.id, document.id, { versionId: 3, documentAction: 'keep' });
   */
  restore(oneDriveId: string, document: Chosen, options: RestoreDocumentOptions): Promise<SessionRestore>;
  copyTo(oneDriveId: string, document: Chosen, options?: CopyDocumentOptions): Promise<SessionRestore>;
  /** Takes out one document as it is, or several as a ZIP file. */
  save(
    oneDriveId: string,
    document: Chosen,
    options?: SaveOptions & {
      /** Packs a single document as ZIP too. */
      readonly asZip?: boolean | undefined;
      readonly versionId?: number | undefined;
    },
  ): Promise<Download>;
  /** The restore of a restore operator, in a session that was opened as such. Since v6. */
  operatorRestore(
    oneDriveId: string,
    documents: readonly (string | StoredItem)[],
    options: OperatorOptions & {
      readonly documentAction: DocumentAction;
      readonly documentVersion?: DocumentVersions | undefined;
    },
  ): Promise<SessionRestore>;
}

/** The OneDrives of a session, and their restore. */
export interface SessionOneDrives {
  readonly folders: OneDriveFolders;
  readonly documents: OneDriveDocuments;
  /**
   * All OneDrives, from all pages. There are none if the session is of a moment before the first backup, or does not show
   * OneDrive (VM-9).
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  list(options?: BrowseOptions): Items<OneDrive>;
  get(oneDriveId: string, options?: CallOptions): Promise<OneDrive>;
  /**
   * The OneDrive with this name or address, in any case, from all pages.
   * @throws {SelectionError} none, or several; with what was found
   */
  find(filter: { readonly name: string } | { readonly url: string }, options?: CallOptions): Promise<OneDrive>;
  /**
   * Documents and folders that match a query of the vendor's language: in all OneDrives, in one, or in a folder of one.
   * Since v6.
   */
  search(
    query: string,
    options?: BrowseOptions & { readonly oneDriveId?: string | undefined; readonly folderId?: string | undefined },
  ): Items<StoredItem>;
  /**
   * Restores a whole OneDrive to where it was. The request is sent once and never repeated (VM-12). Up to v7 the server
   * answers it when the restore has ended, and the operation polls the open request; since v8 it answers at once, and the
   * operation polls the session of the restore.
   * @throws {ConfigurationError} the input is wrong; nothing was sent
   * @throws {ConflictError} the session has stopped, or is not ready; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or was not understood; the restore may be running
   */
  restore(oneDriveId: string, options: RestoreOneDriveOptions): Promise<SessionRestore>;
  /** Restores several OneDrives in one request. One that the answer does not list makes it 'partial'. */
  restoreMany(oneDrives: readonly OneDrive[], options: RestoreOneDrivesOptions): Promise<SessionRestore>;
  /** Copies a whole OneDrive to another one, or to a folder. */
  copyTo(oneDriveId: string, options?: CopyOneDriveOptions): Promise<SessionRestore>;
  /** Takes a whole OneDrive out as a ZIP file. */
  save(oneDriveId: string, options?: SaveOptions): Promise<Download>;
}

const ONE = '/Organization/OneDrives/{oneDriveId}';
const ACTION = word('Overwrite', 'Keep');
const RESTORE: Fields = { documentAction: ACTION, ...ORGANIZATION };
const COPY_DOCUMENTS: Fields = {
  onedrive: (field, value) => toWireItem({ ...(value as OneDrive), id: requireSegment(`${field}.id`, idIn(value)) }),
  folder: text,
  ...DOCUMENT_VERSIONS,
  ...ORGANIZATION,
};
const COPY: Fields = { ...COPY_DOCUMENTS, ...CHANGES, ...NOTIFICATION, restorePermissions: flag };
/** The casing is the vendor's, and differs between versions. */
const BULK_NAMES = {
  userName: 'officeUsername',
  userPassword: 'officeUserpassword',
  onPremisesUserName: 'onpremisesUsername',
  onPremisesUserPassword: 'onpremisesUserpassword',
} as const;
const BULK_NAMES_OF_V5 = {
  userName: 'officeUsername',
  userPassword: 'officePassword',
  onPremisesUserName: 'onPremisesUsername',
  onPremisesUserPassword: 'onPremisesPassword',
} as const;
const NEEDS_ACTION = ['documentAction'] as const;

export function sessionOneDrives(session: SessionOf): SessionOneDrives {
  const { system } = session;
  const params = (oneDriveId: string): PathParams => ({ oneDriveId: requireSegment('oneDriveId', oneDriveId) });
  const place = { workload: 'one-drive', base: ONE, container: 'oneDriveId' } as const;
  const folders = new StoredItems(session, { ...place, name: 'Folders', item: 'folderId', key: 'folders' });
  const documents = new StoredItems(session, { ...place, name: 'Documents', item: 'documentId', key: 'documents' });
  const list = (options: BrowseOptions = {}) => listBelow<OneDrive>(session, '/Organization/OneDrives', {}, options);
  const get = (oneDriveId: string, options: CallOptions = {}) =>
    getBelow<OneDrive>(session, ONE, params(oneDriveId), options);
  const restore = { verb: 'restore', fields: RESTORE, login: 'documents', required: NEEDS_ACTION } as const;
  const copyDocuments = {
    ...COPY_DOCUMENTS,
    changedItems: since('v8', flag),
    deletedItems: since('v8', flag),
  };
  return {
    list,
    get,
    find: async (filter, options = {}) => findByText('OneDrive', list(options), filter, ['name', 'url'], session.id),
    search: (query, { oneDriveId, folderId, ...options } = {}) => {
      if (oneDriveId === undefined) {
        if (folderId !== undefined) throw new ConfigurationError('oneDriveId', 'must be given together with folderId.');
        return searchBelow(session, '/Organization/OneDrives/search', {}, options, { query });
      }
      if (folderId === undefined) return searchBelow(session, `${ONE}/search`, params(oneDriveId), options, { query });
      const inFolder = { ...params(oneDriveId), folderId: requireSegment('folderId', folderId) };
      return searchBelow(session, `${ONE}/Folders/{folderId}/search`, inFolder, options, { query });
    },
    restore: async (oneDriveId, options) =>
      restoreBelow(session, options, {
        ...restore,
        workload: 'one-drive',
        what: `the restore of OneDrive ${oneDriveId}`,
        path: `${ONE}/restore`,
        params: params(oneDriveId),
        targets: [{ id: oneDriveId }],
        nameOf: async () => (await get(oneDriveId)).name,
      }),
    restoreMany: async (oneDrives, { onPremisesUserName, onPremisesUserPassword, ...options }) => {
      const isV5 = system.dialect.version === 'v5';
      const names = isV5 ? BULK_NAMES_OF_V5 : BULK_NAMES;
      if (onPremisesUserPassword !== undefined) requireSecret('onPremisesUserPassword', onPremisesUserPassword);
      const userName = optionalText('onPremisesUserName', onPremisesUserName);
      return restoreBelow(session, options, {
        ...restore,
        login: isV5 ? 'several' : 'documents',
        rename: names,
        fields: { documentAction: ACTION, skipUnresolved: flag },
        isBulk: true,
        workload: 'one-drive',
        what: `the restore of ${oneDrives?.length} OneDrives`,
        path: '/Organization/OneDrives/restore',
        params: {},
        targets: requireSeveral('oneDrives', oneDrives),
        more: async () => ({
          oneDrives: oneDrives.map(toWireItem),
          ...(userName === undefined ? {} : { [names.onPremisesUserName]: userName }),
          ...(onPremisesUserPassword === undefined
            ? {}
            : {
                [names.onPremisesUserPassword]: await readKept(
                  system,
                  'onPremisesUserPassword',
                  onPremisesUserPassword,
                ),
              }),
        }),
      });
    },
    copyTo: async (oneDriveId, options = {}) =>
      restoreBelow(session, options, {
        workload: 'one-drive',
        login: 'documents',
        fields: COPY,
        what: `the copy of OneDrive ${oneDriveId}`,
        path: `${ONE}/copyTo`,
        params: params(oneDriveId),
        targets: [{ id: oneDriveId }],
        nameOf: async () => (await get(oneDriveId)).name,
      }),
    save: async (oneDriveId, options = {}) => saveBelow(session, `${ONE}/save`, params(oneDriveId), undefined, options),
    folders: {
      list: (oneDriveId, options) => folders.list(oneDriveId, options),
      get: (oneDriveId, folderId, options) => folders.get(oneDriveId, folderId, options),
      restore: (oneDriveId, folder, options) => folders.restore(oneDriveId, folder, restore, options),
      copyTo: (oneDriveId, folder, options = {}) =>
        folders.restore(oneDriveId, folder, { verb: 'copyTo', fields: COPY, login: 'documents' }, options),
      save: (oneDriveId, folder, options = {}) => folders.save(oneDriveId, folder, options),
    },
    documents: {
      list: (oneDriveId, options) => documents.list(oneDriveId, options),
      get: (oneDriveId, documentId, options) => documents.get(oneDriveId, documentId, options),
      versions: (oneDriveId, documentId, options) => documents.versions(oneDriveId, documentId, options),
      restore: (oneDriveId, document, options) => documents.restore(oneDriveId, document, restore, options),
      copyTo: (oneDriveId, document, options = {}) =>
        documents.restore(oneDriveId, document, { verb: 'copyTo', fields: copyDocuments, login: 'documents' }, options),
      save: (oneDriveId, document, options = {}) => documents.save(oneDriveId, document, options),
      operatorRestore: async (oneDriveId, chosen, options) => {
        requireSince(system, 'v6', 'operatorRestore');
        return documents.operatorRestore(oneDriveId, chosen, options, {
          fields: { documentAction: ACTION },
          required: NEEDS_ACTION,
        });
      },
    },
  };
}

function idIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined;
}
