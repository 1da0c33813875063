import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalWhole, requireText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type BrowseOptions, getBelow, listBelow, searchBelow } from './browse.ts';
import type { MailboxRestore } from './mailbox-restore-result.ts';
import { flag, text } from './option-fields.ts';
import { requireSeveral, restoreBelow } from './restore-below.ts';
import { type RestoreMailboxOptions, toTarget } from './restore-options.ts';
import type { OperatorOptions } from './restore-words.ts';
import { type SaveOptions, saveBelow } from './session-file.ts';
import type { MailboxFolder, MailboxItem } from './session-items.ts';
import { type PathParams, requireSince, type SessionOf } from './session-requests.ts';

export interface ExportToPstOptions extends SaveOptions {
  /** Only items that hold this word. Not for chosen items. */
  readonly contentKeyword?: string | undefined;
  /** The largest size of the file in bytes, 1 GiB to 49 GiB. @default no limit */
  readonly pstSizeLimitBytes?: number | undefined;
}

/** The folders of mailboxes. */
export interface MailboxFolders {
  /** @param options `parentId`: only what is in this folder; `name`: only folders with this name */
  list(
    mailboxId: string,
    options?: BrowseOptions & { readonly parentId?: string | undefined; readonly name?: string | undefined },
  ): Items<MailboxFolder>;
  get(mailboxId: string, folderId: string, options?: CallOptions): Promise<MailboxFolder>;
  /** Restores a folder and what is in it, to where it was or with `to` to another mailbox. See `session.mailboxes.restore`. */
  restore(mailboxId: string, folderId: string, options?: RestoreMailboxOptions): Promise<MailboxRestore>;
  /** Takes a folder out as a PST file. See `session.mailboxes.exportToPst`. */
  exportToPst(mailboxId: string, folderId: string, options?: ExportToPstOptions): Promise<Download>;
}

/** An item by its id, or as `list` returns it. */
export type MailboxItemRef = string | { readonly id: string };

export interface OperatorRestoreItemsOptions extends OperatorOptions {
  readonly changedItems?: boolean | undefined;
  readonly deletedItems?: boolean | undefined;
  readonly markRestoredAsUnread?: boolean | undefined;
  /** The folder that the items go to. @default where they were */
  readonly folder?: string | undefined;
}

/** The items of mailboxes. `items` is one, or a list. */
export interface MailboxItems {
  /** @param options `folderId`: only what is in this folder */
  list(mailboxId: string, options?: BrowseOptions & { readonly folderId?: string | undefined }): Items<MailboxItem>;
  get(mailboxId: string, itemId: string, options?: CallOptions): Promise<MailboxItem>;
  /** Items that match a query of the vendor's language: in the mailbox, or in a folder of it. Since v6. */
  search(
    mailboxId: string,
    query: string,
    options?: BrowseOptions & { readonly folderId?: string | undefined },
  ): Items<MailboxItem>;
  /** Restores items to where they were, or with `to` to another mailbox. See `session.mailboxes.restore`. */
  restore(
    mailboxId: string,
    items: MailboxItemRef | readonly MailboxItemRef[],
    options?: RestoreMailboxOptions,
  ): Promise<MailboxRestore>;
  /** Takes items out as a PST file. See `session.mailboxes.exportToPst`. */
  exportToPst(
    mailboxId: string,
    items: MailboxItemRef | readonly MailboxItemRef[],
    options?: Omit<ExportToPstOptions, 'contentKeyword'>,
  ): Promise<Download>;
  /** Takes one item out as an MSG file, or several as the server packs them. */
  saveAsMsg(
    mailboxId: string,
    items: MailboxItemRef | readonly MailboxItemRef[],
    options?: SaveOptions,
  ): Promise<Download>;
  /** The restore of a restore operator, in a session that was opened as such. Since v6. */
  operatorRestore(
    mailboxId: string,
    items: MailboxItemRef | readonly MailboxItemRef[],
    options?: OperatorRestoreItemsOptions,
  ): Promise<MailboxRestore>;
}

const MAILBOXES = '/organization/mailboxes';
const ONE = '/organization/mailboxes/{mailboxId}';
const FOLDER = '/organization/mailboxes/{mailboxId}/folders/{folderId}';
const GIB = 1024 ** 3;

const mailbox = (mailboxId: string): PathParams => ({ mailboxId: requireSegment('mailboxId', mailboxId) });
const folderAt = (mailboxId: string, folderId: string): PathParams => ({
  ...mailbox(mailboxId),
  folderId: requireSegment('folderId', folderId),
});

/** Starts the restore of a part of a mailbox. It has no name of its own in the events. */
function restorePart(
  session: SessionOf,
  { to, ...options }: RestoreMailboxOptions,
  part: {
    readonly mailboxId: string;
    readonly what: string;
    readonly place: typeof FOLDER | '/organization/mailboxes/{mailboxId}/items';
    readonly params: PathParams;
    readonly body?: object;
  },
): Promise<MailboxRestore> {
  const target = to === undefined ? undefined : toTarget(to, session.system.dialect.version);
  return restoreBelow(session, options, {
    workload: 'mailbox',
    login: 'one',
    what: `the restore of ${part.what} of mailbox ${part.mailboxId}`,
    path: target ? `${part.place}/restoreTo` : `${part.place}/restore`,
    params: part.params,
    targets: [{ id: part.mailboxId }],
    to: target?.mailbox,
    fields: {},
    more: async () => ({ ...target, ...part.body }),
  }) as Promise<MailboxRestore>;
}

export function mailboxFolders(session: SessionOf): MailboxFolders {
  return {
    list: (mailboxId, { parentId, name, ...options } = {}) => {
      const filter = { ...given('parentId', parentId), ...given('name', name) };
      return listBelow(session, `${ONE}/folders`, mailbox(mailboxId), options, filter);
    },
    get: (mailboxId, folderId, options = {}) => getBelow(session, FOLDER, folderAt(mailboxId, folderId), options),
    restore: async (mailboxId, folderId, options = {}) => {
      const params = folderAt(mailboxId, folderId);
      return restorePart(session, options, { mailboxId, what: `folder ${folderId}`, place: FOLDER, params });
    },
    exportToPst: async (mailboxId, folderId, options = {}) =>
      exportBelow(session, `${FOLDER}/exportToPst`, folderAt(mailboxId, folderId), options),
  };
}

export function mailboxItems(session: SessionOf): MailboxItems {
  const { system } = session;
  // The parameter has another name since v7.
  const folderFilter = system.dialect.version < 'v7' ? 'folderId' : 'parentId';
  return {
    list: (mailboxId, { folderId, ...options } = {}) => {
      const filter = folderId === undefined ? {} : { [folderFilter]: requireText('folderId', folderId) };
      return listBelow(session, `${ONE}/items`, mailbox(mailboxId), options, filter);
    },
    get: (mailboxId, itemId, options = {}) => {
      const params = { ...mailbox(mailboxId), itemId: requireSegment('itemId', itemId) };
      return getBelow(session, `${ONE}/items/{itemId}`, params, options);
    },
    search: (mailboxId, query, { folderId, ...options } = {}) =>
      folderId === undefined
        ? searchBelow(session, `${ONE}/search`, mailbox(mailboxId), options, { query })
        : searchBelow(session, `${FOLDER}/search`, folderAt(mailboxId, folderId), options, { query }),
    restore: async (mailboxId, items, options = {}) => {
      const list = toIds(items);
      return restorePart(session, options, {
        mailboxId,
        what: `${list.length} items`,
        place: `${ONE}/items`,
        params: mailbox(mailboxId),
        body: { items: list },
      });
    },
    exportToPst: async (mailboxId, items, options = {}) =>
      exportBelow(session, `${ONE}/items/exportToPst`, mailbox(mailboxId), options, { items: toIds(items) }),
    saveAsMsg: async (mailboxId, items, options = {}) => {
      const list = toIds(items);
      const [only] = list;
      if (list.length > 1 || only === undefined) {
        return saveBelow(session, `${ONE}/items/Save`, mailbox(mailboxId), { items: list }, options);
      }
      const params = { ...mailbox(mailboxId), itemId: only.id };
      return saveBelow(session, `${ONE}/items/{itemId}/save`, params, undefined, options);
    },
    operatorRestore: async (mailboxId, items, options = {}) => {
      requireSince(system, 'v6', 'operatorRestore');
      const list = toIds(items);
      return restoreBelow(session, options, {
        workload: 'mailbox',
        isOperator: true,
        what: `the restore of ${list.length} items of mailbox ${mailboxId}`,
        path: `${ONE}/items/operatorRestore`,
        params: mailbox(mailboxId),
        targets: [{ id: mailboxId }],
        fields: { changedItems: flag, deletedItems: flag, markRestoredAsUnread: flag, folder: text, reason: text },
        more: async () => ({ items: list }),
      }) as Promise<MailboxRestore>;
    },
  };
}

/** Items that match a query, in all mailboxes or in one. */
export function searchMailboxes(
  session: SessionOf,
  query: string,
  { mailboxId, ...options }: BrowseOptions & { readonly mailboxId?: string | undefined },
): Items<MailboxItem> {
  return mailboxId === undefined
    ? searchBelow(session, `${MAILBOXES}/search`, {}, options, { query })
    : searchBelow(session, `${ONE}/search`, mailbox(mailboxId), options, { query });
}

export function exportMailbox(session: SessionOf, mailboxId: string, options: ExportToPstOptions): Promise<Download> {
  return exportBelow(session, `${ONE}/exportToPst`, mailbox(mailboxId), options);
}

async function exportBelow(
  session: SessionOf,
  path: Parameters<typeof saveBelow>[1],
  params: PathParams,
  { contentKeyword, pstSizeLimitBytes, ...options }: ExportToPstOptions,
  chosen: object = {},
): Promise<Download> {
  optionalWhole('pstSizeLimitBytes', pstSizeLimitBytes, GIB, 49 * GIB);
  if (contentKeyword !== undefined && 'items' in chosen) {
    throw new ConfigurationError('contentKeyword', 'is for a mailbox or a folder, not for chosen items.');
  }
  const limit = pstSizeLimitBytes === undefined ? {} : { enablePstSizeLimit: true, pstSizeLimitBytes };
  return saveBelow(session, path, params, { ...given('contentKeyword', contentKeyword), ...limit, ...chosen }, options);
}

function toIds(items: MailboxItemRef | readonly MailboxItemRef[]): readonly { readonly id: string }[] {
  const list = Array.isArray(items) ? items : [items];
  return requireSeveral(
    'items',
    list.map((item: MailboxItemRef) => (typeof item === 'string' ? { id: item } : { id: item?.id })),
  );
}

function given(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: requireText(name, value) };
}
