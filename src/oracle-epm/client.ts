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
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, requireFields, requireText } from '../errors/require.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { Backups } from './backups.ts';
import { Environment } from './environment.ts';
import { Files } from './files.ts';
import { isPathOf, restoreKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { kinds } from './kinds.ts';
import { Maintenance } from './maintenance.ts';
import { checkedFlags, type SomeFlags } from './restore-flags.ts';
import { Snapshots } from './snapshots.ts';
import { traits } from './traits.ts';
import { userNameHint } from './user-name-hint.ts';

/** `id` is the last segment of the job's status URL. */
export interface EpmAttachOptions extends CommonAttachOptions, SomeFlags {
  /** The backup that is restored, if you know it. `dataAsOf` of the result is read from its name. */
  readonly backupName?: string | undefined;
}

export interface AttachJobOptions extends CommonAttachOptions {
  /** The kind of the job, as its handle or an error names it: `oracle-epm/import-snapshot`. */
  readonly kind: string;
  /** The path of its status, from its `Job Status` link. Needed for a clone and a clean environment. */
  readonly path?: string | undefined;
}

const JOB_FIELDS: Readonly<Record<keyof AttachJobOptions, true>> = {
  kind: true,
  id: true,
  path: true,
  startedAt: true,
  note: true,
};
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
export class OracleEpmClient extends SystemClient implements ResumingClient<EpmJobResult> {
  readonly kinds: readonly string[] = kinds.map(({ kind }) => kind);
  readonly environment: Environment;
  readonly backups: Backups;
  readonly files: Files;
  readonly snapshots: Snapshots;
  readonly maintenance: Maintenance;
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
    this.files = new Files(system);
    this.snapshots = new Snapshots(system, this.files);
    this.maintenance = new Maintenance(system);
  }

  /**
   * Makes an operation from a saved handle. Sends nothing.
   * @throws {HandleError} the handle belongs to another system, base URL or version, or is damaged
   */
  resume(handle: SavedHandle): Operation<EpmJobResult> {
    return resumeOperation(this.#system, kinds, handle);
  }

  /**
   * For `startOnce`: says that nothing can be known about a start whose process died, and what a person should check
   * (OE-26).
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<EpmJobResult>>> {
    return reconcileDeadStart(this.#system, restoreKind, lost, options);
  }

  /**
   * Makes an operation for a restore of the environment that was started elsewhere. If you leave out the flags,
   * `aftermath` of the result is made from the steps alone. For a copy, use `backups.attachCopy`. Sends nothing.
   * @throws {ConfigurationError} an option is wrong or not known
   */
  attach(options: EpmAttachOptions): Operation<EpmJobResult> {
    requireFields('options', options, '{ id }');
    refuseUnknown(options, Object.keys(ATTACH_FIELDS));
    const id = requireSegment('id', options.id);
    const { backupName } = options;
    const named = backupName === undefined ? {} : { backupName: requireText('backupName', backupName) };
    const facts = { ...named, flags: checkedFlags(options) };
    return attachOperation(this.#system, restoreKind, { ...options, id, facts });
  }

  /**
   * Makes an operation for a job of any kind that was started elsewhere: an import, an export, a copy, a clone, the daily
   * maintenance. Sends nothing.
   * @throws {ConfigurationError} an option is wrong or not known
   * @example
   * const operation = epm.attachJob({ kind: 'oracle-epm/import-snapshot', id: '22' });
   */
  attachJob(options: AttachJobOptions): Operation<EpmJobResult> {
    const id = requireSegment('id', options?.id);
    refuseUnknown(options, Object.keys(JOB_FIELDS));
    const kind = kinds.find((each) => each.kind === options.kind);
    if (!kind) throw new ConfigurationError('kind', `must be one of ${this.kinds.join(', ')}.`);
    const path = optionalText('path', options.path);
    const system = this.#system;
    if (
      path === undefined
        ? !kind.statusRequest({ id, startedAt: new Date(0), facts: {} })
        : !isPathOf(path, id, system.transport)
    ) {
      throw new ConfigurationError(
        'path',
        path === undefined
          ? `is needed for ${kind.kind}: where its status is cannot be read in public documents.`
          : `is not the path of the status of job ${id}.`,
      );
    }
    return attachOperation(system, kind, { ...options, id, facts: path === undefined ? {} : { path } });
  }
}
