import { requireSecret } from '../auth/check-secret.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalWhole, requireBoolean, requireText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { BROWSING, explainBrowsing } from './browse.ts';
import type { WireBulkOrder } from './dialect.ts';
import { findOne } from './find-one.ts';
import { type Mailbox, toMailbox } from './mailbox.ts';
import {
  type ExportToPstOptions,
  exportMailbox,
  type MailboxFolders,
  type MailboxItems,
  mailboxFolders,
  mailboxItems,
  searchMailboxes,
} from './mailbox-folders.ts';
import type { MailboxRestore } from './mailbox-restore-result.ts';
import { listed, type PageOptions } from './pages.ts';
import {
  checkCredentials,
  checkFields,
  ONE_MAILBOX,
  type RestoreMailboxesOptions,
  type RestoreMailboxOptions,
  readCredentials,
  readKept,
  SEVERAL_MAILBOXES,
  toSelection,
  toTarget,
} from './restore-options.ts';
import { MailboxSchema } from './schemas.ts';
import type { MailboxItem } from './session-items.ts';
import { requireSince, type SessionOf } from './session-requests.ts';
import { startRestore } from './start-restore.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** The mailboxes of a session, and their restore. */
export interface SessionMailboxes {
  readonly folders: MailboxFolders;
  readonly items: MailboxItems;
  /**
   * All mailboxes, from all pages (VM-23). There are none if the session is of a moment before the first backup, or does
   * not show Exchange (VM-9).
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  list(options?: PageOptions & CallOptions): Items<Mailbox>;
  /**
   * The mailbox with this address, in any case, from all pages. An archive has the address of its mailbox; with
   * `archive: true`, only archives are searched.
   * @throws {SelectionError} none, or several; with what was found
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  find(
    filter: { readonly email: string; readonly archive?: boolean | undefined },
    options?: CallOptions,
  ): Promise<Mailbox>;
  /** Items that match a query of the vendor's language: in all mailboxes, or in one. Since v6. */
  search(
    query: string,
    options?: PageOptions & CallOptions & { readonly mailboxId?: string | undefined },
  ): Items<MailboxItem>;
  /**
   * Takes a mailbox out as a PST file. It restores nothing, so it may be called again. The server makes the file before it
   * answers, which may take hours, and needs Outlook for it: without it, it answers 500.
   * @example
   * const file = await session.mailboxes.exportToPst(mailbox.id);
   * await file.stream.pipeTo(target);
   * const { bytes, sha256 } = await file.completed;
   * @throws {ConfigurationError} the input is wrong; nothing was sent
   * @throws {IncompleteTransferError} by the stream: not all bytes have come
   */
  exportToPst(mailboxId: string, options?: ExportToPstOptions): Promise<Download>;
  /** @throws {NotFoundError} the session does not show it */
  get(mailboxId: string, options?: CallOptions): Promise<Mailbox>;
  /**
   * Starts the restore of a mailbox. The request is sent once and never repeated (VM-12).
   *
   * The server answers the request when the restore has ended, minutes to hours later (VM-11). This call returns after 5 s
   * without an answer; the request stays open, without a timeout unless you set `requestTimeoutMs`, and the operation
   * polls it. If the connection breaks, the operation polls the events of the session. `signal` aborts this call only. A
   * `fetch` of your own must not limit the time of a request.
   *
   * The operation ends as 'succeeded', 'partial' or 'failed', by the counters and errors of the answer (VM-13).
   * `waitForCompletion` throws `PartialRestoreError` or `OperationFailedError` for the last two. The target for `startOnce`
   * is `${session.id}/${mailboxId}`.
   * @example
   * const restore = await session.mailboxes.restore(mailbox.id, { userName, userPassword });
   * const { result } = await waitForCompletion(restore);
   * console.log(result.created, result.merged);
   * @throws {ConfigurationError} the input is wrong; nothing was sent
   * @throws {ConflictError} the session has stopped, or is not ready; nothing was sent
   * @throws {ApiError} 4xx within 5 s: the server refused the restore
   * @throws {ConnectionError} the request was not sent
   * @throws {StartOutcomeUnknownError} the answer was lost within 5 s, or was not understood; the restore may be running.
   * `reconcile()` reads the events of the session
   */
  restore(mailboxId: string, options?: RestoreMailboxOptions): Promise<MailboxRestore>;
  /**
   * Starts the restore of several mailboxes to their original place, in one request. It ends and throws as `restore` does.
   * A mailbox that the answer does not list makes it 'partial'. The target for `startOnce` is the id of the session, a
   * slash, and the ids of the mailboxes, separated by commas.
   * @param mailboxes as `list` returns them
   */
  restoreMany(mailboxes: readonly Mailbox[], options?: RestoreMailboxesOptions): Promise<MailboxRestore>;
}

export function sessionMailboxes(session: SessionOf): SessionMailboxes {
  const { system } = session;
  const { dialect } = system;
  const sessionId = session.id;
  const list = (options: PageOptions & CallOptions = {}) =>
    listed({
      system,
      send: (query) => dialect.listMailboxes(sessionId, query),
      schema: MailboxSchema,
      toItem: toMailbox,
      options,
      ...BROWSING,
      explain: (error) => explainBrowsing(system, sessionId, error, options),
    });
  return {
    list,
    folders: mailboxFolders(session),
    items: mailboxItems(session),
    search: (query, options = {}) => searchMailboxes(session, query, options),
    exportToPst: async (mailboxId, options = {}) => exportMailbox(session, mailboxId, options),

    find: async (filter, options = {}) => {
      checkFields(filter, ['email', 'archive']);
      const email = requireText('email', filter.email);
      const archive = requireBoolean('archive', filter.archive ?? false);
      const all = await list(options).toArray();
      const found = all.filter(
        (each) => each.email?.toLowerCase() === email.toLowerCase() && (each.isArchive ?? false) === archive,
      );
      return findOne(found, `${archive ? 'archive' : 'mailbox'} with the address ${email} in session ${sessionId}`);
    },

    get: async (mailboxId, options = {}) => {
      const send = dialect.getMailbox(sessionId, requireSegment('mailboxId', mailboxId));
      try {
        return toMailbox(await system.read(send, MailboxSchema, { ...options, ...BROWSING }));
      } catch (error) {
        throw await explainBrowsing(system, sessionId, error, options);
      }
    },

    restore: async (mailboxId, options = {}) => {
      const id = requireSegment('mailboxId', mailboxId);
      checkFields(options, ONE_MAILBOX);
      checkCredentials(dialect, options, 'one');
      const target = options.to === undefined ? undefined : toTarget(options.to, dialect.version);
      return startRestore(system, session, {
        what: `the restore of mailbox ${id}`,
        mailboxes: [{ id }],
        isBulk: false,
        to: target?.mailbox,
        makeRequest: async () => {
          const credentials = await readCredentials(system, options);
          return target
            ? dialect.restoreMailboxTo(sessionId, id, credentials, target)
            : dialect.restoreMailbox(sessionId, id, credentials);
        },
        options,
      });
    },

    restoreMany: async (mailboxes, options = {}) => {
      if (!Array.isArray(mailboxes) || mailboxes.length === 0) {
        // What the server makes of an empty list is not documented; it may be everything.
        throw new ConfigurationError('mailboxes', 'must be a list with at least one mailbox.');
      }
      checkFields(options, SEVERAL_MAILBOXES);
      checkCredentials(dialect, options, 'several');
      if (options.onPremisesUserPassword !== undefined) {
        requireSecret('onPremisesUserPassword', options.onPremisesUserPassword);
      }
      return startRestore(system, session, {
        what: `the restore of ${mailboxes.length} mailboxes`,
        mailboxes,
        isBulk: true,
        makeRequest: async () => {
          const order = await toOrder(system, mailboxes, options);
          return dialect.restoreMailboxes(sessionId, await readCredentials(system, options), order);
        },
        options,
      });
    },
  };
}

async function toOrder(
  system: VeeamSystem,
  mailboxes: readonly Mailbox[],
  options: RestoreMailboxesOptions,
): Promise<WireBulkOrder> {
  const { casServer, recentItemRestorePeriod, skipUnresolved, onPremisesUserName, onPremisesUserPassword, domainName } =
    options;
  const selection = toSelection(options);
  if (recentItemRestorePeriod !== undefined) {
    requireSince(system, 'v6', 'recentItemRestorePeriod');
    optionalWhole('recentItemRestorePeriod', recentItemRestorePeriod, 1);
  }
  return {
    mailboxes: mailboxes.map((mailbox: Mailbox | undefined, index) => {
      const id = requireSegment(`mailboxes[${index}].id`, mailbox?.id);
      return {
        id,
        ...omitEmpty({
          name: mailbox?.name,
          email: mailbox?.email,
          isArchive: mailbox?.isArchive,
          isPublic: mailbox?.isPublic,
        }),
      };
    }),
    ...selection,
    ...omitEmpty({ casServer, onPremisesUserName, domainName }),
    ...omitUndefined({
      recentItemRestorePeriod,
      skipUnresolved: skipUnresolved === undefined ? undefined : requireBoolean('skipUnresolved', skipUnresolved),
      onPremisesUserPassword:
        onPremisesUserPassword === undefined
          ? undefined
          : await readKept(system, 'onPremisesUserPassword', onPremisesUserPassword),
    }),
  };
}
