import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { Operation } from '../operation/operation.ts';
import { OperationResource } from '../operation/operation-resource.ts';
import { eventsOf } from './events.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type SessionMailboxes, sessionMailboxes } from './mailboxes.ts';
import type { PageOptions } from './pages.ts';
import type { SessionEvent } from './session-event.ts';
import { type SessionFacts, type SessionScope, scopeOf } from './session-facts.ts';
import type { RestoreSessionInfo } from './session-info.ts';
import type { RestoreSessionType } from './session-type.ts';
import { type StopOptions, stopSession } from './stop-session.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * A view of the backups at one moment. **Opening it restores nothing (VM-1)**: the calls inside it do.
 *
 * It is an operation, which ends when the session has stopped: `waitForCompletion(session, { until: 'ready' })` returns
 * when it can be used, `waitForCompletion(session)` when it has ended. And it holds resources of the server until it is
 * stopped (VM-19): use `await using`, or `stop()` in a `finally`.
 *
 * @example
 * const session = await veeam.organizations.explore(organizationId, { dateTime, type: 'exchange' });
 * await waitForCompletion(session, { until: 'ready' });
 * const mailbox = await session.mailboxes.find({ email: 'ann@example.org' });
 * await waitForCompletion(await session.mailboxes.restore(mailbox.id));
 * await session.stop();
 */
export interface RestoreSession extends Operation<RestoreSessionResult> {
  /** What it shows; absent after `attach`. */
  readonly type?: RestoreSessionType;
  /** The moment that was asked for; which backup the server chose for it is not told (VM-9). Absent after `attach`. */
  readonly dateTime?: Date;
  /** What it was opened on; absent after `attach`. */
  readonly scope?: SessionScope;
  readonly mailboxes: SessionMailboxes;
  /**
   * Stops the session, and polls for half a minute until it has stopped (VM-18). May be called again; once the session
   * is seen to have stopped, that sends nothing. What a stop does to a restore that runs inside is not documented, so it
   * reads the events of the session first.
   * @throws {RestoreRunningError} a restore in the session has no end, whoever began it; nothing was sent.
   * `stop({ evenWhileRestoring: true })` stops it all the same
   * @throws {WaitTimeoutError} it was told to stop, and still lives
   * @throws {ApiError} the server refused
   */
  stop(options?: StopOptions): Promise<RestoreSessionInfo>;
  /** What happened in the session, over all pages. */
  events(options?: PageOptions & CallOptions): Items<SessionEvent>;
  /**
   * `stop()` for `await using`. Never throws, so that it hides no error of the block. Where the session is left open, since
   * a restore in it has no end or the stop failed, `onEvent` is told 'left-open'.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

export class OpenSession extends OperationResource<RestoreSessionResult> implements RestoreSession {
  declare readonly type?: RestoreSessionType;
  declare readonly dateTime?: Date;
  declare readonly scope?: SessionScope;
  readonly mailboxes: SessionMailboxes;
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #system: VeeamSystem;
  #stopped: RestoreSessionInfo | undefined;

  constructor(
    operation: Operation<RestoreSessionResult>,
    of: { readonly system: VeeamSystem; readonly facts: SessionFacts },
  ) {
    super(operation);
    const { system, facts } = of;
    const { type, dateTime } = facts;
    const scope = scopeOf(facts);
    if (type !== undefined) this.type = type;
    if (dateTime !== undefined) this.dateTime = new Date(dateTime);
    if (scope !== undefined) this.scope = scope;
    this.mailboxes = sessionMailboxes(system, { id: this.id, dateTime });
    this.#system = system;
    // Older runtimes have no such symbol.
    if (typeof Symbol.asyncDispose === 'symbol') {
      Object.defineProperty(this, Symbol.asyncDispose, { value: () => this.#dispose() });
    }
  }

  async stop(options: StopOptions = {}): Promise<RestoreSessionInfo> {
    this.#stopped ??= await stopSession(this.#system, this.id, options, this.toJSON());
    return this.#stopped;
  }

  events(options: PageOptions & CallOptions = {}): Items<SessionEvent> {
    return eventsOf(this.#system, this.id, options);
  }

  async #dispose(): Promise<void> {
    try {
      await this.stop();
    } catch (error) {
      // The first error of the block counts (VM-19).
      const { kind, id, note } = this;
      const at = this.#system.clock.now();
      this.#system.event({ type: 'left-open', at, kind, id, error, ...(note === undefined ? {} : { note }) });
    }
  }
}
