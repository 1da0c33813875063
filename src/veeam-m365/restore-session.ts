import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { Operation } from '../operation/operation.ts';
import { OperationResource } from '../operation/operation-resource.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
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
 * A view of the backups at one moment. **Opening it restores nothing (VM-1).** The calls inside it restore.
 *
 * A session is an operation that ends when the session has stopped. `waitForCompletion(session, { until: 'ready' })`
 * resolves when it can be used, and `waitForCompletion(session)` when it has ended. It uses resources of the server until
 * it is stopped (VM-19): use `await using`, or call `stop()` in a `finally`.
 *
 * @example
 * const session = await veeam.organizations.explore(organizationId, { dateTime, type: 'exchange' });
 * await waitForCompletion(session, { until: 'ready' });
 * const mailbox = await session.mailboxes.find({ email: 'ann@example.org' });
 * await waitForCompletion(await session.mailboxes.restore(mailbox.id));
 * await session.stop();
 */
export interface RestoreSession extends Operation<RestoreSessionResult> {
  /** The product that it shows. Absent after `attach`. */
  readonly type?: RestoreSessionType;
  /** The moment that it was opened for. The server does not say which backup it chose (VM-9). Absent after `attach`. */
  readonly dateTime?: Date;
  /** The organization or job that it was opened on. Absent after `attach`. */
  readonly scope?: SessionScope;
  readonly mailboxes: SessionMailboxes;
  /**
   * Stops the session, and polls for up to half a minute until it has stopped (VM-18). It may be called again, and sends
   * nothing when the session is known to have stopped. A stop may cut off a restore that runs in the session, so the
   * events of the session are read first.
   * @throws {RestoreRunningError} a restore in the session has not ended, whoever started it; nothing was sent.
   * `stop({ evenWhileRestoring: true })` stops the session anyway
   * @throws {WaitTimeoutError} the stop was sent, and the session has not stopped
   * @throws {ApiError} the server refused to stop it
   */
  stop(options?: StopOptions): Promise<RestoreSessionInfo>;
  /** The events of the session, from all pages. */
  events(options?: PageOptions & CallOptions): Items<SessionEvent>;
  /**
   * `stop()` for `await using`. It never throws, so that it hides no error of the block. If a restore in the session has
   * not ended, or the stop failed, the session is left open and `onEvent` gets the event 'left-open'.
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
      // An error of the block must not be hidden (VM-19).
      const { kind, id, note } = this;
      const at = this.#system.clock.now();
      this.#system.event({ type: 'left-open', at, kind, id, error, ...omitUndefined({ note }) });
    }
  }
}
