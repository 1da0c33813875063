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
import { checkedFlags, type SomeFlags } from './restore-flags.ts';
import { traits } from './traits.ts';
import { userNameHint } from './user-name-hint.ts';

/** `id` is the last segment of the job's status URL. */
export interface EpmAttachOptions extends CommonAttachOptions, SomeFlags {
  /** The backup that is restored, if you know it. `dataAsOf` of the result is read from its name. */
  readonly backupName?: string | undefined;
}

const ATTACH_FIELDS: Readonly<Record<keyof EpmAttachOptions, true>> = {
  id: true,
  startedAt: true,
  note: true,
  backupName: true,
  usersAndPreDefinedRoles: true,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: true,
};

/**
 * A client for an environment of Oracle Fusion Cloud EPM. `baseUrl` is the address of the environment or of a gateway
 * in front of it. A trailing `/epmcloud`, `/HyperionPlanning`, `/workspace` or `/interop` is removed. `auth` is made
 * by `basicAuth` or `bearerToken`. Since update 26.11 only the plain user name is accepted: `admin`, not
 * `acme.admin`.
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
   * Makes an operation from a saved handle. Sends nothing.
   * @throws {HandleError} the handle belongs to another system, base URL or version, or is damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    return resumeOperation(this.#system, kinds, handle);
  }

  /**
   * For `startOnce`: says that nothing can be known about a start whose process died, and what a person should check
   * (OE-26).
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    return reconcileDeadStart(this.#system, restoreKind, lost, options);
  }

  /**
   * Makes an operation for a restore of the environment that was started elsewhere. If you leave out the flags,
   * `aftermath` of the result is made from the steps alone. For a copy, use `backups.attachCopy`. Sends nothing.
   * @throws {ConfigurationError} an option is wrong or not known
   */
  attach(options: EpmAttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id);
    refuseUnknown(options, Object.keys(ATTACH_FIELDS));
    const { backupName } = options;
    const named = backupName === undefined ? {} : { backupName: requireText('backupName', backupName) };
    const facts = { ...named, flags: checkedFlags(options) };
    return attachOperation(this.#system, restoreKind, { ...options, id, facts });
  }
}
