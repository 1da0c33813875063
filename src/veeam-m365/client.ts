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
import type { KindName } from './dialect.ts';
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

/** What the clients of both versions do alike. */
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
   * Goes on with a saved handle, of a session or of a restore inside one. Sends nothing. Only a session has `stop`.
   * @throws {HandleError} of another system, version of the API or baseUrl, or damaged
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
   * For `startOnce`: opening a session overwrites nothing, and several may be open on one target. A restore inside one
   * overwrites its mailboxes: there the target is `${session.id}/${mailboxId}`.
   */
  overwritesNothing({ instance = '' }: DeadStart['target']): boolean {
    return factsOfTarget(instance) === undefined;
  }

  /**
   * For `startOnce`: logs in before the start is recorded as intended, so that a process which dies in between leaves no
   * doubt. Of a restore, the name of its mailbox and the server's time are recorded.
   */
  async takeBaseline({ instance = '' }: DeadStart['target'], options: ReconcileOptions = {}): Promise<unknown> {
    const facts = factsOfTarget(instance);
    if (facts) return this.#mailboxRestore.takeBaseline?.(this.#system, facts, options);
    for await (const _ of this.restoreSessions.list({ limit: 1 }, options)) return undefined;
    return undefined;
  }

  /**
   * What can be told of a start whose process died, for `startOnce`: of a restore by the events of its session, of the
   * opening of a session by the list of sessions, as evidence. Reads, never writes.
   */
  reconcileStart(
    lost: DeadStart,
    options: ReconcileOptions = {},
  ): Promise<Reconciliation<RestoreSession | MailboxRestore>> {
    return factsOfTarget(lost.target.instance ?? '')
      ? reconcileDeadStart(this.#system, this.#mailboxRestore, lost, options)
      : reconcileDeadStart(this.#system, this.#session, lost, options);
  }

  /** Follows a session that somebody else has opened. Sends nothing. A restore inside it has no id to follow it by. */
  attach(options: AttachOptions): RestoreSession {
    const id = requireSegment('id', options?.id);
    return attachOperation(this.#system, this.#session, { ...options, id, facts: {} });
  }
}
