import type { ClientOptions } from '../client/client-options.ts';
import { resumeOperation } from '../client/make-operation.ts';
import type { ResumingClient } from '../client/resume.ts';
import { System } from '../client/system.ts';
import {
  attachOperation,
  type CommonAttachOptions,
  type DeadStart,
  reconcileDeadStart,
  SystemClient,
} from '../client/system-client.ts';
import { requireText } from '../errors/require.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { refuseUnknown } from '../operation/refuse-unknown.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { Backups } from './backups.ts';
import { Environment } from './environment.ts';
import { restoreKind } from './job-kinds.ts';
import { kinds } from './kinds.ts';
import { givenFlags, type SomeFlags } from './restore-flags.ts';
import { traits } from './traits.ts';
import { userNameHint } from './user-name-hint.ts';

/** `id` is the last segment of the job's status URL. */
export interface AttachOptions extends CommonAttachOptions, SomeFlags {
  /** Which backup is restored, where you know it; tells the result's `dataAsOf`. */
  readonly backupName?: string | undefined;
}

const ATTACH_FIELDS: Readonly<Record<keyof AttachOptions, true>> = {
  id: true,
  startedAt: true,
  note: true,
  backupName: true,
  usersAndPreDefinedRoles: true,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: true,
};

/**
 * An environment of Oracle Fusion Cloud EPM. `baseUrl` is the environment's address, or that of the gateway before it; a
 * trailing `/epmcloud`, `/HyperionPlanning`, `/workspace` or `/interop` is dropped. `auth` is made by `basicAuth` or
 * `bearerToken`. Since update 26.11 only the plain user name is accepted: `admin`, and not `acme.admin`.
 *
 * A restore needs the role Service Administrator, or another application role with *Migrations - Administer*.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
 * @throws {ConfigurationError} an option is wrong
 */
export class OracleEpmClient extends SystemClient implements ResumingClient<RestoreResult> {
  readonly kinds: readonly string[] = kinds.map(({ kind }) => kind);
  readonly environment: Environment;
  readonly backups: Backups;
  readonly #system: System;

  constructor(options: ClientOptions) {
    const system = new System(options, {
      ...traits,
      refusalHint: (status) => (status === 401 ? userNameHint(options.auth.account) : undefined),
    });
    super(system);
    this.#system = system;
    this.environment = new Environment(system);
    this.backups = new Backups(system);
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, base URL or version, or damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    return resumeOperation(this.#system, kinds, handle);
  }

  /** What can be told of a start whose process died, for `startOnce`: nothing, and what a person should check (OE-26). */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    return reconcileDeadStart(this.#system, restoreKind, lost, options);
  }

  /**
   * Follows the restore of an environment that somebody else has started. Flags that are not given are not known, and the
   * result's `aftermath` then goes by the steps alone. A copy is followed by `backups.attachCopy`. Sends nothing.
   * @throws {ConfigurationError} an option is wrong or not known
   */
  attach(options: AttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id);
    refuseUnknown(options, Object.keys(ATTACH_FIELDS));
    const { backupName } = options;
    const named = backupName === undefined ? {} : { backupName: requireText('backupName', backupName) };
    const facts = { ...named, flags: givenFlags(options) };
    return attachOperation(this.#system, restoreKind, { ...options, id, facts });
  }
}
