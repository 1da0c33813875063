import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { requireText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type BrowseOptions, getBelow, listBelow, searchBelow } from './browse.ts';
import { findByText } from './find-by-text.ts';
import { CHANGES, DOCUMENT_VERSIONS, type Fields, flag, NOTIFICATION, ORGANIZATION, text } from './option-fields.ts';
import { restoreBelow, type SessionRestore } from './restore-below.ts';
import type {
  ChangeOptions,
  CommonRestoreOptions,
  DocumentVersions,
  OperatorOptions,
  OrganizationOptions,
  PermissionOptions,
  RestoreCredentials,
  VersionOptions,
} from './restore-words.ts';
import { type SaveOptions, saveBelow } from './session-file.ts';
import type { Site, SiteList, StoredItem } from './session-items.ts';
import type { PathParams, SessionOf } from './session-requests.ts';
import { type Chosen, type FolderFilter, StoredItems } from './stored-items.ts';

/** Where a site, a list or items of it are restored to. */
export interface SiteTarget extends OrganizationOptions {
  /** The address of the target site. @default the site that it was backed up from */
  readonly siteURL?: string | undefined;
}

interface SiteParts extends RestoreCredentials, CommonRestoreOptions, VersionOptions, ChangeOptions {
  /** The owner that the application acts for. Required with `applicationCertificate`, and only with it. */
  readonly impersonationAccountName?: string | undefined;
  /** Restores the site under another name. @default its own */
  readonly alias?: string | undefined;
  readonly restoreListViews?: boolean | undefined;
  readonly restoreSubsites?: boolean | undefined;
  readonly restoreMasterPages?: boolean | undefined;
}

export interface RestoreSiteOptions extends SiteParts, PermissionOptions {}

export interface RestoreSiteToOptions extends SiteParts, SiteTarget, Omit<PermissionOptions, 'restorePermissions'> {}

interface ListParts extends RestoreCredentials, CommonRestoreOptions, VersionOptions, ChangeOptions {
  /** The name of the target list. @default its own */
  readonly list?: string | undefined;
  readonly restoreListViews?: boolean | undefined;
}

export interface RestoreListOptions extends ListParts, PermissionOptions {}

export interface RestoreListToOptions extends ListParts, SiteTarget, Omit<PermissionOptions, 'restorePermissions'> {}

interface ItemParts extends RestoreCredentials, CommonRestoreOptions, VersionOptions {
  /** The name of the target list. @default their own */
  readonly list?: string | undefined;
  /** Restores this version of an item. Only for one that is named by its id. Since v6. Not with `documentVersion` in v8. */
  readonly versionId?: number | undefined;
}

export interface RestoreSiteItemsOptions extends ItemParts, PermissionOptions {}

export interface RestoreSiteItemsToOptions
  extends ItemParts,
    SiteTarget,
    Omit<PermissionOptions, 'restorePermissions'> {}

export interface OperatorRestoreSiteOptions extends OperatorOptions, PermissionOptions {
  readonly list?: string | undefined;
  readonly documentVersion?: DocumentVersions | undefined;
  readonly documentLastVersionAction?: VersionOptions['documentLastVersionAction'];
  readonly restoreChangedItems?: boolean | undefined;
  readonly restoreDeletedItems?: boolean | undefined;
}

/** The libraries, or the lists, of sites. */
export interface SiteLists {
  list(siteId: string, options?: BrowseOptions): Items<SiteList>;
  get(siteId: string, listId: string, options?: CallOptions): Promise<SiteList>;
  /** Restores it and what is in it to where it was. See `session.sites.restore`. */
  restore(siteId: string, listId: string, options?: RestoreListOptions): Promise<SessionRestore>;
  /** Restores it to another site or another list. */
  restoreTo(siteId: string, listId: string, options?: RestoreListToOptions): Promise<SessionRestore>;
}

export interface SiteLibraries extends SiteLists {
  /** Takes a library out as a ZIP file. */
  save(siteId: string, libraryId: string, options?: SaveOptions): Promise<Download>;
}

/** The folders, the documents or the items of sites. `item` is the id of one, or a list of several. */
export interface SiteItems {
  list(siteId: string, options?: FolderFilter & BrowseOptions): Items<StoredItem>;
  get(siteId: string, itemId: string, options?: CallOptions): Promise<StoredItem>;
  /** Restores them to where they were. See `session.sites.restore`. */
  restore(siteId: string, item: Chosen, options?: RestoreSiteItemsOptions): Promise<SessionRestore>;
  /** Restores them to another site or another list. */
  restoreTo(siteId: string, item: Chosen, options?: RestoreSiteItemsToOptions): Promise<SessionRestore>;
}

export interface SiteFolders extends SiteItems {
  /** Takes folders out as a ZIP file. */
  save(siteId: string, folder: Chosen, options?: SaveOptions): Promise<Download>;
}

export interface SiteVersionedItems extends SiteItems {
  /** @param options `includeFolders` shows folders too, since v7 */
  list(
    siteId: string,
    options?: FolderFilter & { readonly includeFolders?: boolean | undefined } & BrowseOptions,
  ): Items<StoredItem>;
  /** The versions that are in the backup. Since v6. */
  versions(siteId: string, itemId: string, options?: BrowseOptions): Items<StoredItem>;
  /** The restore of a restore operator, in a session that was opened as such. Since v6. */
  operatorRestore(
    siteId: string,
    items: readonly (string | StoredItem)[],
    options?: OperatorRestoreSiteOptions,
  ): Promise<SessionRestore>;
}

export interface SiteDocuments extends SiteVersionedItems {
  /** Takes out one document as it is, or several as a ZIP file. */
  save(
    siteId: string,
    document: Chosen,
    options?: SaveOptions & {
      /** Packs a single document as ZIP too. */
      readonly asZip?: boolean | undefined;
      readonly versionId?: number | undefined;
    },
  ): Promise<Download>;
}

/** The SharePoint sites of a session, and their restore. */
export interface SessionSites {
  readonly libraries: SiteLibraries;
  readonly lists: SiteLists;
  readonly folders: SiteFolders;
  readonly documents: SiteDocuments;
  readonly items: SiteVersionedItems;
  /**
   * All sites, from all pages. There are none if the session is of a moment before the first backup, or does not show
   * SharePoint (VM-9).
   * @param options `parentId`: only the subsites of this site
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  list(options?: FolderFilter & BrowseOptions): Items<Site>;
  get(siteId: string, options?: CallOptions): Promise<Site>;
  /**
   * The site with this name or address, in any case, from all pages.
   * @throws {SelectionError} none, or several; with what was found
   */
  find(filter: { readonly name: string } | { readonly url: string }, options?: CallOptions): Promise<Site>;
  /**
   * Documents, items and folders that match a query of the vendor's language: in all sites, or in one. Since v6.
   */
  search(query: string, options?: BrowseOptions & { readonly siteId?: string | undefined }): Items<StoredItem>;
  /**
   * Restores a whole site to where it was. The request is sent once and never repeated (VM-12). Up to v7 the server
   * answers it when the restore has ended, and the operation polls the open request; since v8 it answers at once, and the
   * operation polls the session of the restore.
   * @throws {ConfigurationError} the input is wrong; nothing was sent
   * @throws {ConflictError} the session has stopped, or is not ready; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or was not understood; the restore may be running
   */
  restore(siteId: string, options?: RestoreSiteOptions): Promise<SessionRestore>;
  /** Restores a whole site to another one. */
  restoreTo(siteId: string, options?: RestoreSiteToOptions): Promise<SessionRestore>;
}

const SITES = '/Organization/Sites';
const ONE = '/Organization/Sites/{siteId}';
const PERMISSIONS: Fields = { restorePermissions: flag };
const TARGET: Fields = { siteURL: text, ...ORGANIZATION };
const ITEM: Fields = { list: text, ...NOTIFICATION, ...DOCUMENT_VERSIONS };
const LIST: Fields = { ...ITEM, restoreListViews: flag, ...CHANGES };
const SITE: Fields = {
  alias: text,
  restoreListViews: flag,
  ...CHANGES,
  restoreSubsites: flag,
  restoreMasterPages: flag,
  ...NOTIFICATION,
  ...DOCUMENT_VERSIONS,
};
const { documentVersion: _, ...LAST_VERSION } = DOCUMENT_VERSIONS;
const OPERATOR: Fields = {
  list: text,
  ...PERMISSIONS,
  ...NOTIFICATION,
  ...LAST_VERSION,
  restoreChangedItems: flag,
  restoreDeletedItems: flag,
};

export function sessionSites(session: SessionOf): SessionSites {
  const params = (siteId: string): PathParams => ({ siteId: requireSegment('siteId', siteId) });
  const list = ({ parentId, ...options }: FolderFilter & BrowseOptions = {}) =>
    listBelow<Site>(
      session,
      SITES,
      {},
      options,
      parentId === undefined ? {} : { parentId: requireText('parentId', parentId) },
    );
  const get = (siteId: string, options: CallOptions = {}) => getBelow<Site>(session, ONE, params(siteId), options);
  const whole = (siteId: string) => ({
    workload: 'site' as const,
    login: 'one' as const,
    what: `the restore of site ${siteId}`,
    params: params(siteId),
    targets: [{ id: siteId }],
    nameOf: async () => (await get(siteId)).name,
  });
  return {
    list,
    get,
    find: async (filter, options = {}) => findByText('site', list(options), filter, ['name', 'url'], session.id),
    search: (query, { siteId, ...options } = {}) =>
      siteId === undefined
        ? searchBelow(session, `${SITES}/search`, {}, options, { query })
        : searchBelow(session, `${ONE}/search`, params(siteId), options, { query }),
    restore: async (siteId, options = {}) =>
      restoreBelow(session, options, {
        ...whole(siteId),
        path: `${ONE}/restore`,
        fields: { ...SITE, ...PERMISSIONS },
      }),
    restoreTo: async (siteId, options = {}) =>
      restoreBelow(session, options, { ...whole(siteId), path: `${ONE}/restoreTo`, fields: { ...SITE, ...TARGET } }),
    libraries: {
      ...listsOf(session, params, 'Libraries', 'libraryId'),
      save: async (siteId, libraryId, options = {}) => {
        const at = { ...params(siteId), libraryId: requireSegment('libraryId', libraryId) };
        return saveBelow(session, `${ONE}/Libraries/{libraryId}/save`, at, undefined, options);
      },
    },
    lists: listsOf(session, params, 'Lists', 'listId'),
    folders: itemsOf(session, { name: 'Folders', item: 'folderId', key: 'folders' }),
    documents: itemsOf(session, { name: 'Documents', item: 'documentId', key: 'documents' }),
    items: itemsOf(session, { name: 'Items', item: 'itemId', key: 'items', hasCapitalActions: true }),
  };
}

function listsOf(
  session: SessionOf,
  siteParams: (siteId: string) => PathParams,
  name: 'Libraries' | 'Lists',
  id: 'libraryId' | 'listId',
): SiteLists {
  const one = name === 'Libraries' ? (`${ONE}/Libraries/{libraryId}` as const) : (`${ONE}/Lists/{listId}` as const);
  const params = (siteId: string, listId: string) => ({ ...siteParams(siteId), [id]: requireSegment(id, listId) });
  const get = (siteId: string, listId: string, options: CallOptions = {}) =>
    getBelow<SiteList>(session, one, params(siteId, listId), options);
  const whole = (siteId: string, listId: string) => ({
    workload: 'site' as const,
    login: 'documents' as const,
    what: `the restore of ${id.replace('Id', '')} ${listId}`,
    params: params(siteId, listId),
    targets: [{ id: siteId }],
  });
  return {
    list: (siteId, options = {}) => listBelow(session, `${ONE}/${name}`, siteParams(siteId), options),
    get,
    restore: async (siteId, listId, options = {}) =>
      restoreBelow(session, options, {
        ...whole(siteId, listId),
        path: `${one}/restore`,
        fields: { ...LIST, ...PERMISSIONS },
      }),
    restoreTo: async (siteId, listId, options = {}) =>
      restoreBelow(session, options, {
        ...whole(siteId, listId),
        path: `${one}/restoreTo`,
        fields: { ...LIST, ...TARGET },
      }),
  };
}

function itemsOf(
  session: SessionOf,
  place: { readonly name: string; readonly item: string; readonly key: string; readonly hasCapitalActions?: boolean },
): SiteDocuments {
  const items = new StoredItems(session, { workload: 'site', base: ONE, container: 'siteId', ...place });
  // Since v8 a version has no choice of versions.
  const fields = (versionId: number | undefined): Fields =>
    versionId === undefined || session.system.dialect.version < 'v8'
      ? ITEM
      : { list: text, ...NOTIFICATION, ...LAST_VERSION };
  return {
    list: (siteId, options) => items.list(siteId, options),
    get: (siteId, itemId, options) => items.get(siteId, itemId, options),
    versions: (siteId, itemId, options) => items.versions(siteId, itemId, options),
    restore: (siteId, item, options = {}) =>
      items.restore(
        siteId,
        item,
        { verb: 'restore', login: 'documents', fields: { ...fields(options.versionId), ...PERMISSIONS } },
        options,
      ),
    restoreTo: (siteId, item, options = {}) =>
      items.restore(
        siteId,
        item,
        { verb: 'restoreTo', login: 'documents', fields: { ...fields(options.versionId), ...TARGET } },
        options,
      ),
    save: (siteId, item, options = {}) => items.save(siteId, item, options),
    operatorRestore: (siteId, chosen, options = {}) =>
      items.operatorRestore(siteId, chosen, options, { fields: OPERATOR }),
  };
}
