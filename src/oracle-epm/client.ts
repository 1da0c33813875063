import type { ClientOptions } from '../client/client-options.ts';
import { readHandle } from '../client/read-handle.ts';
import type { DeadStart, ResumingClient } from '../client/resume.ts';
import { HandleError } from '../errors/handle-error.ts';
import type { Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { Backups } from './backups.ts';
import { ADVICE, Environment } from './environment.ts';
import { type JobAddress, jobAddress } from './job-address.ts';
import { COPY_KIND, type JobKind, jobOperation, RESTORE_KIND } from './job-operation.ts';
import { nothingToAsk } from './reconcile.ts';
import { givenFlags, type RestoreFlags } from './restore-flags.ts';
import { HandleExtraSchema } from './schemas.ts';
import { EpmSystem } from './system.ts';

export interface AttachOptions extends Partial<RestoreFlags> {
  /** Id of the job: the last segment of its status URL. */
  readonly id: string;
  /** When it was started, where you know it. @default now */
  readonly startedAt?: Date;
  /** Which backup is restored, where you know it; tells the result's `dataAsOf`. */
  readonly backupName?: string;
  readonly note?: string;
}

/** Under which the status is read where no link has told another (OE-3). */
const STATUS_PATH: Readonly<Record<JobKind, string>> = {
  [RESTORE_KIND]: '/interop/rest/v1/services/restoreenvironment/status/',
  [COPY_KIND]: '/interop/rest/v2/status/jobs/',
};

/**
 * An environment of Oracle Fusion Cloud EPM. `baseUrl` is the environment's address, or that of the gateway before it; a
 * trailing `/epmcloud` is dropped. `auth` is made by `basicAuth` or `bearerToken`.
 *
 * A restore needs the role Service Administrator, or another application role with *Migrations - Administer*.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
 * @throws {ConfigurationError} an option is wrong
 */
export class OracleEpmClient implements ResumingClient<RestoreResult> {
  readonly kinds = [RESTORE_KIND, COPY_KIND] as const;
  readonly baseUrl: string;
  readonly environment: Environment;
  readonly backups: Backups;
  readonly #system: EpmSystem;

  constructor(options: ClientOptions) {
    const system = new EpmSystem(options);
    this.#system = system;
    this.baseUrl = system.baseUrl;
    this.environment = new Environment(system);
    this.backups = new Backups(system);
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, baseUrl or version, or damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    const saved = readHandle(handle, { kinds: this.kinds, baseUrl: this.baseUrl, extra: HandleExtraSchema });
    const kind = saved.kind as JobKind;
    const { id, note, backupName, endedAtOnce } = saved;
    return jobOperation(this.#system, {
      kind,
      id,
      startedAt: new Date(saved.startedAt),
      note,
      backupName,
      flags: saved.flags && givenFlags(saved.flags as Partial<RestoreFlags>),
      source: endedAtOnce ? { endedAtOnce } : { path: this.#savedPath(saved.path, { kind, id }) },
    });
  }

  /** What can be told of a start whose process died, for `startOnce`: nothing, and what a person should poll (OE-26). */
  reconcileStart(lost: DeadStart): Promise<Reconciliation<Operation<RestoreResult>>> {
    const what = `the restore of ${lost.target.instance ?? 'the environment'}`;
    return this.#system.reconciled(nothingToAsk({ what, startedAt: lost.startedAt, advice: ADVICE }));
  }

  /**
   * Follows the restore of an environment that somebody else has started. Flags that are not given are not known, and the
   * result's `aftermath` says so. Sends nothing.
   */
  attach(options: AttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id);
    const { note, backupName } = options;
    return jobOperation(this.#system, {
      kind: RESTORE_KIND,
      id,
      startedAt: options.startedAt ?? new Date(this.#system.clock.now()),
      note,
      backupName,
      flags: givenFlags(options),
      source: { path: STATUS_PATH[RESTORE_KIND] + encodeURIComponent(id) },
    });
  }

  #savedPath(path: string | undefined, job: { readonly kind: JobKind; readonly id: string }): string {
    if (path === undefined) return STATUS_PATH[job.kind] + encodeURIComponent(requireSegment('handle.id', job.id));
    const address = this.#readAddress(path);
    if (address?.path === path && address.id === job.id) return path;
    throw new HandleError('path', `is not where the status of job ${job.id} is read; use the handle as it was saved.`);
  }

  #readAddress(path: string): JobAddress | undefined {
    try {
      return jobAddress(path, this.#system.transport);
    } catch (error) {
      if (UntrustedLocationError.isInstance(error)) return undefined;
      throw error;
    }
  }
}
