import { resumeOperation } from '../client/make-operation.ts';
import { otherKind, parseHandle } from '../client/read-handle.ts';
import type { ResumingClient } from '../client/resume.ts';
import {
  attachOperation,
  type CommonAttachOptions,
  type DeadStart,
  reconcileDeadStart,
  SystemClient,
} from '../client/system-client.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { OperationHandle, SavedHandle } from '../operation/operation.ts';
import type { KindName } from './api-version.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type Jobs, jobs } from './jobs.ts';
import { type MailboxRestoreKind, mailboxRestoreKind } from './mailbox-restore-kind.ts';
import type { MailboxRestore, MailboxRestoreResult } from './mailbox-restore-result.ts';
import { type Organizations, organizations } from './organizations.ts';
import { factsOfTarget } from './restore-facts.ts';
import type { RestoreSession } from './restore-session.ts';
import { type RestoreSessions, restoreSessions } from './restore-sessions.ts';
import { type SessionKind, sessionKind } from './session-kind.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** `id` is that of the session. */
export interface AttachOptions extends CommonAttachOptions {}

type Handle<Name extends string> = OperationHandle & { readonly kind: KindName<Name> };

/**
 * The base class of the clients of all versions. `baseUrl` is the server, without a version. The paths that `request`
 * takes, and those of handles and events, begin with the version: `/v6/RestoreSessions`.
 */
export abstract class VeeamM365Client
  extends SystemClient
  implements ResumingClient<RestoreSessionResult | MailboxRestoreResult>
{
  readonly kinds: readonly string[];
  readonly organizations: Organizations;
  readonly jobs: Jobs;
  readonly restoreSessions: RestoreSessions;
  readonly #system: VeeamSystem;
  readonly #session: SessionKind;
  readonly #mailboxRestore: MailboxRestoreKind;

  /** @internal */
  constructor(system: VeeamSystem) {
    super(system);
    this.#system = system;
    this.#session = sessionKind(system.dialect);
    this.#mailboxRestore = mailboxRestoreKind(system.dialect);
    this.kinds = [this.#session.kind, this.#mailboxRestore.kind];
    this.organizations = organizations(system);
    this.jobs = jobs(system);
    this.restoreSessions = restoreSessions(system);
  }

  /**
   * Makes a session, or a restore inside one, from its saved handle. Sends nothing. Only a session has `stop`.
   * @throws {HandleError} the handle is of another system, API version or baseUrl, or is damaged
   */
  resume(handle: Handle<'restore-session'>): RestoreSession;
  resume(handle: Handle<'mailbox-restore'>): MailboxRestore;
  resume(handle: SavedHandle): RestoreSession | MailboxRestore;
  resume(handle: SavedHandle): RestoreSession | MailboxRestore {
    switch (parseHandle(handle).kind) {
      case this.#session.kind:
        return resumeOperation(this.#system, [this.#session], handle);
      case this.#mailboxRestore.kind:
        return resumeOperation(this.#system, [this.#mailboxRestore], handle);
      default:
        throw otherKind(parseHandle(handle).kind, [this.#session, this.#mailboxRestore]);
    }
  }

  /**
   * For `startOnce`. Opening a session overwrites nothing, so several may be open on one target. A restore inside a session
   * overwrites its mailboxes; its target is `${session.id}/${mailboxId}`.
   */
  overwritesNothing({ instance = '' }: DeadStart['target']): boolean {
    return factsOfTarget(instance) === undefined;
  }

  /**
   * For `startOnce`. Logs in before the intent is recorded, so that a process that dies during the login has sent no start.
   * For a restore, it answers the name of the mailbox and the server's time.
   */
  async takeBaseline({ instance = '' }: DeadStart['target'], options: ReconcileOptions = {}): Promise<unknown> {
    const facts = factsOfTarget(instance);
    if (facts) return this.#mailboxRestore.takeBaseline?.(this.#system, facts, options);
    for await (const _ of this.restoreSessions.list({ limit: 1 }, options)) return undefined;
    return undefined;
  }

  /**
   * For `startOnce`. Investigates a start whose process died: a restore by the events of its session, the opening of a
   * session by the list of sessions. It only reads.
   */
  reconcileStart(
    lost: DeadStart,
    options: ReconcileOptions = {},
  ): Promise<Reconciliation<RestoreSession | MailboxRestore>> {
    return factsOfTarget(lost.target.instance ?? '')
      ? reconcileDeadStart(this.#system, this.#mailboxRestore, lost, options)
      : reconcileDeadStart(this.#system, this.#session, lost, options);
  }

  /** Makes a session from its id, for example one that was opened elsewhere. Sends nothing. A restore has no id to attach to. */
  attach(options: AttachOptions): RestoreSession {
    const id = requireSegment('id', options?.id);
    return attachOperation(this.#system, this.#session, { ...options, id, facts: {} });
  }
}
