import type { CallOptions } from '../client/client-options.ts';
import { startBlockingOperation } from '../client/start-blocking.ts';
import { uniqueId } from '../clock/unique-id.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { markNotStarted } from '../errors/not-started.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { textOf } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { sessionEnded } from './explain-error.ts';
import { RESTORE_ADVICE } from './investigate-restore.ts';
import type { Mailbox } from './mailbox.ts';
import { restoreKind } from './mailbox-restore-kind.ts';
import type { MailboxRestore } from './mailbox-restore-result.ts';
import { nameMailboxes, toNamed } from './name-mailboxes.ts';
import { ownSession } from './own-session.ts';
import { type NamedMailbox, type RestoreFacts, restoreSessionOf } from './restore-facts.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';
import type { Workload } from './workload.ts';

/** A restore of mailboxes. Its input has been checked. */
export interface RestoreCall {
  /** In the message of a lost answer. */
  readonly what: string;
  /** @default 'mailbox' */
  readonly workload?: Workload | undefined;
  /** The mailboxes, OneDrives, sites or teams that it is about. */
  readonly mailboxes: readonly Mailbox[];
  readonly isBulk: boolean;
  /** It runs in a session of its own, in all versions (VM-15). @default false */
  readonly isOperator?: boolean | undefined;
  /** Reads the name of the only thing, which its events have. @default read as that of a whole mailbox */
  readonly nameOf?: (() => Promise<string | undefined>) | undefined;
  /** The address of another mailbox that the data goes to. */
  readonly to?: string | undefined;
  /** Reads the secrets. */
  readonly makeRequest: () => Promise<ApiRequest>;
  readonly options: CallOptions & { readonly note?: string | undefined };
}

interface Session {
  readonly id: string;
  readonly dateTime?: string | undefined;
}

/** Starts a restore inside a session. The request is sent once and never repeated. */
export function startRestore(system: VeeamSystem, session: Session, call: RestoreCall): Promise<MailboxRestore> {
  return system.ownRestores.whileStarting(session.id, () => start(system, session, call));
}

async function start(system: VeeamSystem, session: Session, call: RestoreCall): Promise<MailboxRestore> {
  const { note, signal, requestTimeoutMs } = call.options;
  const { request, facts } = await prepare(system, session, call).catch((error: unknown) => {
    // For `startOnce`: the restore was not sent.
    throw markNotStarted(error);
  });
  return startBlockingOperation(
    system,
    restoreKind(system.dialect, call.workload ?? 'mailbox'),
    {
      what: `${call.what} in session ${session.id}`,
      request,
      id: uniqueId(),
      facts,
      note,
      advice: RESTORE_ADVICE,
      onSent: (pending) => system.ownRestores.add(facts, pending, (body) => noteSession(system, body)),
    },
    omitUndefined({ signal, requestTimeoutMs }),
  );
}

/** The session of its own that an answer names. It is no session that an `explore` of this client has opened. */
function noteSession({ transport, opened }: VeeamSystem, body: unknown): string | undefined {
  const id = restoreSessionOf(transport.redactor, body);
  if (id !== undefined) opened.add(keyOf(id));
  return id;
}

/** All that comes before the request is sent. */
async function prepare(
  system: VeeamSystem,
  session: Session,
  call: RestoreCall,
): Promise<{ readonly request: ApiRequest; readonly facts: RestoreFacts }> {
  const { signal } = call.options;
  const request = await call.makeRequest();
  await requireUsable(system, session.id, signal);
  const named = call.mailboxes.map((mailbox) => toNamed(system, mailbox));
  const facts: RestoreFacts = {
    sessionId: session.id,
    mailboxes: [...(await namedThings(system, session, call, named))],
    ...(call.workload === undefined || call.workload === 'mailbox' ? {} : { workload: call.workload }),
    ...(call.isBulk ? { isBulk: true } : {}),
    ...omitUndefined({ to: call.to, serverStartedAt: serverTime(system), dateTime: session.dateTime }),
  };
  return { request, facts };
}

/** The things with the names that their events have. A part of a thing has none. */
async function namedThings(
  system: VeeamSystem,
  session: Session,
  { workload, isBulk, nameOf, options }: RestoreCall,
  named: readonly NamedMailbox[],
): Promise<readonly NamedMailbox[]> {
  const { signal } = options;
  if (isBulk) return named;
  if (workload === undefined) {
    return nameMailboxes(system, { sessionId: session.id, mailboxes: [...named] }, { signal });
  }
  const [only] = named;
  if (!nameOf || only === undefined) return named;
  try {
    return [toNamed(system, { ...only, name: await nameOf() })];
  } catch {
    // Its events are then identified by their time only.
    signal?.throwIfAborted();
    return named;
  }
}

/** The time now by the server's clock. Undefined if the server has never sent its time. */
function serverTime({ transport, clock }: VeeamSystem): string | undefined {
  const aheadMs = transport.serverAheadMs;
  return aheadMs === undefined ? undefined : new Date(clock.now() + aheadMs).toISOString();
}

/**
 * Reads the session before the call, because a 500 to the call itself could also mean that the restore runs (VM-16).
 * If the session cannot be read, the call is made.
 * @throws {AuthenticationError} the server refuses the login
 * @throws {ConflictError} the session has stopped, or is not ready
 */
async function requireUsable(system: VeeamSystem, sessionId: string, signal: AbortSignal | undefined): Promise<void> {
  let state: string | undefined;
  try {
    const { body } = ownSession(sessionId, await system.poll(system.dialect.getSession(sessionId), { signal }));
    state = textOf((body as { readonly state?: unknown } | null)?.state)?.toLowerCase();
  } catch (error) {
    // Another login with the same password could lock the account.
    if (AuthenticationError.isInstance(error)) throw error;
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
