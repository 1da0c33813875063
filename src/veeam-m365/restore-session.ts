import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { Operation } from '../operation/operation.ts';
import { OperationResource } from '../operation/operation-resource.ts';
import type { Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { createDeviceCode, type DeviceCode, type DeviceCodeOptions } from './device-code.ts';
import { eventsOf } from './events.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type SessionMailboxes, sessionMailboxes } from './mailboxes.ts';
import { type SessionOneDrives, sessionOneDrives } from './one-drives.ts';
import type { PageOptions } from './pages.ts';
import { type RestoredMany, type RestoreManyOptions, restoreMany } from './restore-many.ts';
import type { SessionEvent } from './session-event.ts';
import { type SessionFacts, type SessionScope, scopeOf } from './session-facts.ts';
import type { RestoreSessionInfo } from './session-info.ts';
import type { RestoreSessionType } from './session-type.ts';
import { type SessionSites, sessionSites } from './sites.ts';
import { type StopOptions, stopSession } from './stop-session.ts';
import { type SessionTeams, sessionTeams } from './teams.ts';
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
  /**
   * What is known about the backups, since the server opens a session of any moment without a word (VM-9). Nothing is refused
   * for it. They are warnings of each poll of the open session too. Codes:
   * - `before-first-backup`: the moment lies before the first backup, so the session is empty.
   * - `after-last-backup`: the moment lies after the last backup, so the session shows that one.
   * - `never-backed-up`: there is no backup.
   * - `workload-not-covered`: the product seems not to be backed up.
   * - `licence-expired`: the licence of the server has expired.
   * - `nothing-found`: the session works, and shows no mailbox, OneDrive, site or team. The first poll that sees it work reads
   *   one page of one item, for up to 10 s, so this warning is there from then on. A server that takes longer, as one of a large
   *   organization may, is not known to show nothing; nor is data that was retrieved from an archive.
   *
   * Empty where nothing is odd, or nothing could be read, and after `attach` and `resume`.
   */
  readonly warnings: readonly Warning[];
  readonly mailboxes: SessionMailboxes;
  readonly oneDrives: SessionOneDrives;
  readonly sites: SessionSites;
  readonly teams: SessionTeams;
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
   * Asks for a device code, with which a person signs in at Microsoft for restores in this session. Since v6.
   * @example
   * const code = await session.deviceCode({ targetApplicationId });
   * console.log(`Open ${code.verificationUrl} and enter ${code.userCode}`);
   * await waitForCompletion(code);
   * await session.mailboxes.restore(mailbox.id, { userCode: code.userCode });
   * @throws {ConfigurationError} the input is wrong, or the client speaks v5; nothing was sent
   */
  deviceCode(options?: DeviceCodeOptions): Promise<DeviceCode>;
  /**
   * Restores many items, each at most once per key. What is done is written to the store before and after each restore, so
   * that a run after a crash goes on with the rest: an item that has ended is not restored again, a restore that runs is
   * followed, and one that may have been sent without a record of its end is 'unknown' and not sent again. It waits for all,
   * and does not throw for one that failed.
   * @example
   * const { documents } = session.oneDrives;
   * const done = await session.restoreMany({
   *   key: 'CHANGE-4711',
   *   store,
   *   items: await documents.list(drive.id).toArray(),
   *   restore: ({ id }) => documents.restore(drive.id, id, { documentAction: 'overwrite' }),
   * });
   * @throws {ConfigurationError} an option is wrong; nothing was sent
   * @throws {StoreError} the store failed before a request; the items that were started are in it
   */
  restoreMany<Item>(options: RestoreManyOptions<Item>): Promise<RestoredMany>;
  /** What `await using` does at the end, for runtimes without it: `stop()` that never throws. */
  settle(): Promise<void>;
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
  readonly oneDrives: SessionOneDrives;
  readonly sites: SessionSites;
  readonly teams: SessionTeams;
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #system: VeeamSystem;
  readonly #facts: SessionFacts;
  #stopped: RestoreSessionInfo | undefined;

  constructor(
    operation: Operation<RestoreSessionResult>,
    session: { readonly system: VeeamSystem; readonly facts: SessionFacts },
  ) {
    super(operation);
    const { system, facts } = session;
    const { type, dateTime } = facts;
    const scope = scopeOf(facts);
    if (type !== undefined) this.type = type;
    if (dateTime !== undefined) this.dateTime = new Date(dateTime);
    if (scope !== undefined) this.scope = scope;
    const of = { system, id: this.id, dateTime };
    this.mailboxes = sessionMailboxes(of);
    this.oneDrives = sessionOneDrives(of);
    this.sites = sessionSites(of);
    this.teams = sessionTeams(of);
    this.#system = system;
    this.#facts = facts;
    // Older runtimes have no such symbol.
    if (typeof Symbol.asyncDispose === 'symbol') {
      Object.defineProperty(this, Symbol.asyncDispose, { value: () => this.settle() });
    }
  }

  get warnings(): readonly Warning[] {
    return this.#system.warnings.get(this.#facts) ?? [];
  }

  async stop(options: StopOptions = {}): Promise<RestoreSessionInfo> {
    this.#stopped ??= await stopSession(this.#system, this.id, options, this.toJSON());
    return this.#stopped;
  }

  events(options: PageOptions & CallOptions = {}): Items<SessionEvent> {
    return eventsOf(this.#system, this.id, options);
  }

  async deviceCode(options: DeviceCodeOptions = {}): Promise<DeviceCode> {
    return createDeviceCode({ system: this.#system, id: this.id }, options);
  }

  async restoreMany<Item>(options: RestoreManyOptions<Item>): Promise<RestoredMany> {
    return restoreMany({ system: this.#system, id: this.id }, options);
  }

  async settle(): Promise<void> {
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
