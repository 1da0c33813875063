import type { CallOptions, ClientOptions } from '../client/client-options.ts';
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
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { OperationHandle, SavedHandle } from '../operation/operation.ts';
import { type ApiVersion, type KindName, kindName, requireSince, versionsFrom } from './api-version.ts';
import { type DataRetrievals, dataRetrievals } from './data-retrievals.ts';
import { dialectOf } from './dialects.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { findVersion } from './find-version.ts';
import { type Jobs, jobs } from './jobs.ts';
import { type MailboxRestoreKind, restoreKind } from './mailbox-restore-kind.ts';
import type { MailboxRestore, MailboxRestoreResult } from './mailbox-restore-result.ts';
import { type RestoreOperator, restoreOperator } from './operator.ts';
import { type Organizations, organizations } from './organizations.ts';
import { type Repositories, repositories } from './repositories.ts';
import type { SessionRestore } from './restore-below.ts';
import { factsOfTarget, workloadOf } from './restore-facts.ts';
import { type RestorePoints, restorePoints } from './restore-points.ts';
import type { RestoreSession } from './restore-session.ts';
import { type RestoreSessions, restoreSessions } from './restore-sessions.ts';
import { type SessionKind, sessionKind } from './session-kind.ts';
import { requestsSince } from './shared-requests.ts';
import { type Tenant, tenant } from './tenant.ts';
import { VeeamSystem } from './veeam-system.ts';
import { WORKLOADS, type Workload } from './workload.ts';

/** `id` is that of a session, or of the session that a restore of v8 runs in. */
export interface AttachOptions extends CommonAttachOptions {
  /**
   * What the id is of: a session, or a restore that has a session of its own (since v8).
   * @default 'restore-session'
   */
  readonly kind?: 'restore-session' | `${Workload}-restore` | undefined;
}

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
  /** The kinds of the other versions that this client resumes. */
  readonly otherKinds: readonly string[];
  readonly organizations: Organizations;
  readonly jobs: Jobs;
  readonly restoreSessions: RestoreSessions;
  readonly restorePoints: RestorePoints;
  readonly repositories: Repositories;
  readonly dataRetrievals: DataRetrievals;
  readonly tenant: Tenant;
  readonly restoreOperator: RestoreOperator;
  /** The version of the REST API that the client speaks. */
  readonly apiVersion: ApiVersion;
  readonly #system: VeeamSystem;
  readonly #sessions: readonly SessionKind[];
  readonly #restores: readonly MailboxRestoreKind[];

  /** @internal */
  constructor(system: VeeamSystem) {
    super(system);
    this.#system = system;
    const { dialect } = system;
    const versions = versionsFrom(dialect.version);
    this.#sessions = versions.map((version) => sessionKind(dialect, version));
    // Only v8 has the statistics that a restore of v8 is judged by.
    const followed = versions.filter((version) => version !== 'v8' || dialect.version === 'v8');
    this.#restores = followed.flatMap((version) =>
      WORKLOADS.map((workload) => restoreKind(dialect, workload, version)),
    );
    const all = [...this.#sessions, ...this.#restores].map(({ kind }) => kind);
    const own = kindName(dialect, '');
    this.kinds = all.filter((kind) => kind.startsWith(own));
    this.otherKinds = all.filter((kind) => !kind.startsWith(own));
    this.organizations = organizations(system);
    this.jobs = jobs(system);
    this.restoreSessions = restoreSessions(system);
    this.restorePoints = restorePoints(system);
    this.repositories = repositories(system);
    this.dataRetrievals = dataRetrievals(system);
    this.tenant = tenant(system);
    this.restoreOperator = restoreOperator(system);
    this.apiVersion = system.dialect.version;
  }

  /**
   * Asks the server which versions of the REST API it speaks, without credentials, and makes a client of the newest: v8, v7,
   * v6 or v5. The client has the same surface in each; what its version lacks is a `ConfigurationError` that says since when it
   * exists. Sends one request per version, newest first, until one is served.
   * @param options those of every client; `baseUrl` is the server, without a version
   * @example
   * const veeam = await VeeamM365Client.connect({ baseUrl, auth: veeamPassword({ username, password }) });
   * console.log(veeam.apiVersion);
   * @throws {ConfigurationError} an option is wrong
   * @throws {UnexpectedResponseError} no version is served, or something else has answered
   * @throws {ConnectionError} the server could not be asked, and so {ServerError}, {PermissionError}, {RequestTimeoutError}
   */
  static async connect(options: ClientOptions, callOptions: CallOptions = {}): Promise<VeeamM365Client> {
    const version = await findVersion(new VeeamSystem(options, dialectOf('v8')), callOptions);
    return new ConnectedClient(new VeeamSystem(options, dialectOf(version)));
  }

  /**
   * Makes a session, or a restore inside one, from its saved handle. Sends nothing. Only a session has `stop`.
   *
   * A session is the same object in every version of the API, so a client resumes the handles of all versions of its server.
   * A restore of v5 to v7 has no id: its handle is followed by the events of its session, in every version too. A restore of
   * v8 is judged by statistics that only v8 has, so only a client of v8 resumes its handle.
   * @throws {HandleError} the handle is of another system or baseUrl, of a version that this client cannot follow, or is
   * damaged
   */
  resume(handle: Handle<'restore-session'>): RestoreSession;
  resume(handle: Handle<'mailbox-restore'>): MailboxRestore;
  resume(handle: Handle<'one-drive-restore' | 'site-restore' | 'team-restore'>): SessionRestore;
  resume(handle: SavedHandle): RestoreSession | MailboxRestore;
  resume(handle: SavedHandle): RestoreSession | MailboxRestore {
    const { kind } = parseHandle(handle);
    if (this.#sessions.some((each) => each.kind === kind)) {
      return resumeOperation(this.#system, this.#sessions, handle);
    }
    if (this.#restores.some((each) => each.kind === kind)) {
      return resumeOperation(this.#system, this.#restores, handle);
    }
    throw otherKind(kind, [...this.#sessions, ...this.#restores]);
  }

  /**
   * Ends the login on the server; the next call logs in anew. Since v7. A login of v5 or v6 cannot be ended: its token lives
   * until it expires, an hour unless the server is set otherwise.
   * @throws {ConfigurationError} the client speaks v5 or v6; nothing was sent
   * @throws {WriteOutcomeUnknownError} the answer was lost
   */
  async logout(options: CallOptions = {}): Promise<void> {
    const request = requestsSince(this.apiVersion, { since: 'v7', what: 'logout' });
    await this.#system.write(request('post', '/token/logout'), options);
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
    if (facts) return this.#restoreOf(facts).takeBaseline?.(this.#system, facts, options);
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
    const facts = factsOfTarget(lost.target.instance ?? '');
    return facts
      ? reconcileDeadStart(this.#system, this.#restoreOf(facts), lost, options)
      : reconcileDeadStart(this.#system, sessionKind(this.#system.dialect), lost, options);
  }

  /**
   * Makes a session, or a restore of v8, from its id, for example one that was started elsewhere. Sends nothing. Up to v7 a
   * restore has no id to attach to.
   * @throws {ConfigurationError} `kind` is not known, or the version has no such id
   */
  attach(options: AttachOptions & { readonly kind: 'mailbox-restore' }): MailboxRestore;
  attach(
    options: AttachOptions & { readonly kind: 'one-drive-restore' | 'site-restore' | 'team-restore' },
  ): SessionRestore;
  attach(options: AttachOptions & { readonly kind?: 'restore-session' | undefined }): RestoreSession;
  attach(options: AttachOptions): RestoreSession | MailboxRestore {
    const { kind = 'restore-session', ...common } = options ?? {};
    const id = requireSegment('id', common.id);
    const { dialect } = this.#system;
    if (kind === 'restore-session')
      return attachOperation(this.#system, sessionKind(dialect), { ...common, id, facts: {} });
    const workload = WORKLOADS.find((each) => kind === `${each}-restore`);
    if (workload === undefined) {
      const names = WORKLOADS.map((each) => `'${each}-restore'`).join(', ');
      throw new ConfigurationError('kind', `must be 'restore-session' or one of ${names}.`);
    }
    requireSince(dialect.version, 'v8', `attach with the kind '${kind}'`);
    return attachOperation(this.#system, restoreKind(dialect, workload), {
      ...common,
      id,
      facts: { sessionId: id, mailboxes: [], ...(workload === 'mailbox' ? {} : { workload }) },
    });
  }

  #restoreOf(facts: { readonly workload?: string | undefined }): MailboxRestoreKind {
    const workload: Workload = workloadOf(facts);
    return restoreKind(this.#system.dialect, workload);
  }
}

/** A client of the version that a server was found to speak. */
class ConnectedClient extends VeeamM365Client {}
