import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { Operation } from '../operation/operation.ts';
import type { VeeamContext } from './context.ts';
import { eventsOf } from './events.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type SessionMailboxes, sessionMailboxes } from './mailboxes.ts';
import type { PageOptions } from './pages.ts';
import { newRestoreRecords } from './restore-records.ts';
import type { SessionEvent } from './session-event.ts';
import type { RestoreSessionInfo } from './session-info.ts';
import { type SessionFacts, type SessionScope, sessionOperation } from './session-operation.ts';
import type { RestoreSessionType } from './session-type.ts';
import { type StopOptions, stopSession } from './stop-session.ts';

/**
 * A view of the backups at one moment. **Opening it restores nothing (VM-1)**: the calls inside it do.
 *
 * It is an operation, which ends when the session has stopped: `waitForCompletion(session, { until: 'ready' })` returns
 * when it can be used, `waitForCompletion(session)` when it has ended. And it holds resources of the server until it is
 * stopped (VM-19): use `await using`, or `stop()` in a `finally`.
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

export function restoreSession(context: VeeamContext, facts: SessionFacts): RestoreSession {
  const { id, type, dateTime, scope } = facts;
  const records = newRestoreRecords();
  const operation = sessionOperation(context, facts, records);
  let stopped: RestoreSessionInfo | undefined;
  const stop = async (options: StopOptions = {}): Promise<RestoreSessionInfo> => {
    stopped ??= await stopSession(context, id, options, operation.toJSON());
    return stopped;
  };
  // The members are added to the operation itself, which carries what a wait needs.
  const session = Object.assign(operation, {
    ...(type === undefined ? {} : { type }),
    ...(dateTime === undefined ? {} : { dateTime: new Date(dateTime) }),
    ...(scope === undefined ? {} : { scope }),
    mailboxes: sessionMailboxes(context, id, records),
    stop,
    events: (options: PageOptions & CallOptions = {}) => eventsOf(context, id, options),
  });
  const dispose = async (): Promise<void> => {
    try {
      await stop();
    } catch (error) {
      // The first error of the block counts (VM-19).
      const { kind, note } = operation;
      const at = context.system.clock.now();
      context.system.event({ type: 'left-open', at, kind, id, error, ...(note === undefined ? {} : { note }) });
    }
  };
  // Older runtimes have no such symbol.
  if (typeof Symbol.asyncDispose === 'symbol') Object.defineProperty(session, Symbol.asyncDispose, { value: dispose });
  return session as RestoreSession;
}
