import { requireSecret } from '../auth/check-secret.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { sendStart } from '../client/start.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { requireBoolean, requireText } from '../errors/require.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import { patientFetch } from '../http/patient-fetch.ts';
import { textOf } from '../protocols/poll-response.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { VeeamContext } from './context.ts';
import { decideBulkRestore, decideRestore } from './decide-restore.ts';
import type { WireBulkOrder } from './dialect.ts';
import { explainChildError, sessionEnded } from './explain-error.ts';
import { findOne } from './find-one.ts';
import { type Mailbox, toMailbox } from './mailbox.ts';
import { ownSession } from './own-session.ts';
import { listed, type PageOptions } from './pages.ts';
import { reconcileRestore } from './reconcile-restore.ts';
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
import type { RestoreOutcome } from './restore-outcome.ts';
import { noteOutcome, type RestoreRecords } from './restore-records.ts';
import { whileRestoring } from './running-restores.ts';
import { MailboxSchema } from './schemas.ts';

/** A page of a large tenant takes 45 s and more. */
const BROWSING_TIMEOUT_MS = 300_000;

/** The mailboxes that a session shows, and their restore. */
export interface SessionMailboxes {
  /**
   * All mailboxes, over all pages (VM-23). None where the session is of a moment before the first backup, or does not
   * show Exchange (VM-9).
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  list(options?: PageOptions & CallOptions): Items<Mailbox>;
  /**
   * The mailbox with this address, over all pages, without case. An archive has the address of its mailbox: one with
   * `archive: true` is looked for among the archives only.
   * @throws {SelectionError} none, or several; with what was found
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  find(
    filter: { readonly email: string; readonly archive?: boolean | undefined },
    options?: CallOptions,
  ): Promise<Mailbox>;
  /** @throws {NotFoundError} the session does not show it */
  get(mailboxId: string, options?: CallOptions): Promise<Mailbox>;
  /**
   * Restores a mailbox, and blocks until that is over: minutes to hours, without a timeout unless you set
   * `requestTimeoutMs`. Sent once, never repeated (VM-11, VM-12). A custom `fetch` must be as patient.
   *
   * **Resolves also where the restore failed**: the server answers 200 however it went. Poll `state` (VM-13).
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ConflictError} the session has stopped, or is not ready; nothing was sent
   * @throws {ApiError} 4xx: the server refused the restore
   * @throws {StartOutcomeUnknownError} the answer was lost, or says nothing; the restore may be running.
   * `reconcile()` reads the events of the session
   */
  restore(mailboxId: string, options?: RestoreMailboxOptions): Promise<RestoreOutcome>;
  /**
   * Restores several mailboxes to where they came from, in one call that blocks. Resolves, and throws, like `restore`.
   * @param mailboxes as `list` told them
   */
  restoreMany(mailboxes: readonly Mailbox[], options?: RestoreMailboxesOptions): Promise<RestoreOutcome>;
}

export function sessionMailboxes(context: VeeamContext, sessionId: string, records: RestoreRecords): SessionMailboxes {
  const { system, dialect } = context;
  const list = (options: PageOptions & CallOptions = {}) =>
    listed({
      system,
      send: (query) => dialect.listMailboxes(sessionId, query),
      schema: MailboxSchema,
      toItem: toMailbox,
      options,
      usualTimeoutMs: BROWSING_TIMEOUT_MS,
      explain: (error) => explainChildError(context, sessionId, error, options),
    });
  return {
    list,

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
        return toMailbox(await system.read(send, MailboxSchema, { ...options, usualTimeoutMs: BROWSING_TIMEOUT_MS }));
      } catch (error) {
        throw await explainChildError(context, sessionId, error, options);
      }
    },

    restore: async (mailboxId, options = {}) => {
      const id = requireSegment('mailboxId', mailboxId);
      checkFields(options, ONE_MAILBOX);
      checkCredentials(dialect, options, 'one');
      const target = options.to === undefined ? undefined : toTarget(options.to);
      const credentials = await readCredentials(context, options);
      return restore(context, {
        sessionId,
        records,
        what: `the restore of mailbox ${id}`,
        mailboxCount: 1,
        send: target
          ? dialect.restoreMailboxTo(sessionId, id, credentials, target)
          : dialect.restoreMailbox(sessionId, id, credentials),
        decide: decideRestore,
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
      const order = await toOrder(context, mailboxes, options);
      const credentials = await readCredentials(context, options);
      return restore(context, {
        sessionId,
        records,
        what: `the restore of ${mailboxes.length} mailboxes`,
        mailboxCount: mailboxes.length,
        send: dialect.restoreMailboxes(sessionId, credentials, order),
        decide: (body) => decideBulkRestore(body, mailboxes),
        options,
      });
    },
  };
}

interface RestoreCall {
  readonly sessionId: string;
  readonly records: RestoreRecords;
  readonly what: string;
  readonly mailboxCount: number;
  readonly send: ApiRequest;
  readonly decide: (body: unknown) => RestoreOutcome | undefined;
  readonly options: CallOptions & { readonly note?: string };
}

async function restore(context: VeeamContext, call: RestoreCall): Promise<RestoreOutcome> {
  const { sessionId, records, mailboxCount } = call;
  const { note, signal, requestTimeoutMs } = call.options;
  await requireUsable(context, sessionId, signal);
  records.begun += mailboxCount;
  records.open += mailboxCount;
  try {
    const outcome = await whileRestoring(context, sessionId, () =>
      sendStart<RestoreOutcome>(
        context.system,
        {
          what: `${call.what} in session ${sessionId}`,
          note,
          patientFetch,
          request: call.send,
          parseStartResponse: (answer) => parseStartResponse(context, answer, call.decide),
          reconcile: ({ startedAt }, options) =>
            reconcileRestore<RestoreOutcome>(context, sessionId, startedAt, options),
        },
        omitUndefined({ signal, requestTimeoutMs }),
      ),
    );
    noteOutcome(records, outcome, mailboxCount);
    return outcome;
  } catch (error) {
    if (!StartOutcomeUnknownError.isInstance(error)) {
      records.begun -= mailboxCount;
      records.open -= mailboxCount;
    }
    throw error;
  }
}

/**
 * One poll of the session before the call, since a 500 to the call itself could not be told from a restore that runs
 * (VM-16). Only a clear no counts; where the poll fails, the call decides.
 */
async function requireUsable(
  { system, dialect }: VeeamContext,
  sessionId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let state: string | undefined;
  try {
    const { body } = ownSession(sessionId, await system.poll(dialect.getSession(sessionId), { signal }));
    state = textOf((body as { readonly state?: unknown } | null)?.state)?.toLowerCase();
  } catch {
    signal?.throwIfAborted();
    return;
  }
  if (state === 'stopped') throw sessionEnded(sessionId, undefined);
  if (state === 'starting' || state === 'stopping') {
    throw new ConflictError(
      `Restore session ${sessionId} is ${state}; nothing was sent. waitForCompletion(session, { until: 'ready' }) waits until it can be used.`,
      { status: 409 },
    );
  }
}

function parseStartResponse(context: VeeamContext, answer: Answer, decide: RestoreCall['decide']): RestoreOutcome {
  const { transport } = context.system;
  const outcome = decide(answer.body);
  if (outcome === undefined) {
    throw new LostAnswer(
      transport.unexpected(
        `The restore was answered ${answer.status}, without counters that can be understood.`,
        answer,
      ),
    );
  }
  const { raw } = outcome;
  return Object.defineProperty(transport.redactor.data({ ...outcome }), 'raw', { value: raw, enumerable: false });
}

async function toOrder(
  context: VeeamContext,
  mailboxes: readonly Mailbox[],
  options: RestoreMailboxesOptions,
): Promise<WireBulkOrder> {
  const { casServer, skipUnresolved, onPremisesUserName, onPremisesUserPassword, domainName } = options;
  const selection = toSelection(options);
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
    ...(skipUnresolved === undefined ? {} : { skipUnresolved: requireBoolean('skipUnresolved', skipUnresolved) }),
    ...(onPremisesUserPassword === undefined
      ? {}
      : { onPremisesUserPassword: await readKept(context, 'onPremisesUserPassword', onPremisesUserPassword) }),
  };
}
