import type { paths } from '../../generated/cloud-foundry.d.ts';
import type { CallOptions, ClientOptions } from '../client/client-options.ts';
import { toDate } from '../client/dates.ts';
import { readHandle } from '../client/read-handle.ts';
import type { DeadStart, ResumingClient } from '../client/resume.ts';
import { System } from '../client/system.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { type Job, toJob } from './job.ts';
import { BACKUP_KIND, HandleExtraSchema, jobOperation, RESTORE_KIND } from './job-operation.ts';
import { reconcileByLastOperation } from './reconcile.ts';
import { JobSchema } from './schemas.ts';
import { ServiceInstances } from './service-instances.ts';

export interface AttachOptions {
  /** Guid of the job. */
  readonly id: string;
  /** When it was started, where you know it. @default now */
  readonly startedAt?: Date;
  readonly note?: string;
}

/**
 * Cloud Foundry, as Tanzu Elastic Application Runtime extends it with backups of service instances.
 *
 * `auth` is made by `uaaPassword`, `uaaClientCredentials` or `bearerToken`; it needs `cloud_controller.read` and
 * `cloud_controller.write`.
 * @see https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/
 * @throws {ConfigurationError} an option is wrong
 */
export class CloudFoundryClient implements ResumingClient<RestoreResult> {
  readonly kinds = [RESTORE_KIND, BACKUP_KIND] as const;
  readonly baseUrl: string;
  readonly serviceInstances: ServiceInstances;
  readonly jobs: {
    /** @throws {NotFoundError} no such job, or no longer (jobs are kept 90 days by default) */
    get(guid: string, options?: CallOptions): Promise<Job>;
  };
  readonly #system: System<paths>;

  constructor(options: ClientOptions) {
    const system = new System<paths>(options, {
      accepts: ['uaa-password', 'uaa-client-credentials', 'bearer'],
      strayPath: /\/v3$/,
    });
    this.#system = system;
    this.baseUrl = system.baseUrl;
    this.serviceInstances = new ServiceInstances(system);
    this.jobs = {
      get: async (guid, callOptions = {}) => {
        const path = { guid: requireSegment('guid', guid) };
        const read = system.read(
          (via) => system.api.GET('/v3/jobs/{guid}', { params: { path }, ...via }),
          JobSchema,
          callOptions,
        );
        return toJob(await read);
      },
    };
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, baseUrl or version, or damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    const saved = readHandle(handle, { kinds: this.kinds, baseUrl: this.baseUrl, extra: HandleExtraSchema });
    return jobOperation(this.#system, {
      kind: saved.kind as (typeof this.kinds)[number],
      id: requireSegment('handle.id', saved.id),
      startedAt: new Date(saved.startedAt),
      note: saved.note,
      serviceInstanceGuid: saved.serviceInstanceGuid,
      dataAsOf: saved.dataAsOf === undefined ? undefined : new Date(saved.dataAsOf),
      finishedAtOnce: saved.finishedAtOnce,
    });
  }

  /**
   * What can be told of a start whose process died, for `startOnce` with the guid of the service instance as the target:
   * its last operation, as evidence. Reads, never writes.
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    const poll = async () => this.serviceInstances.get(lost.target.instance ?? '', options);
    return this.#system.reconciled(reconcileByLastOperation(poll, lost.startedAt));
  }

  /** Follows the restore job that somebody else has started. Sends nothing. */
  attach(options: AttachOptions): Operation<RestoreResult> {
    return jobOperation(this.#system, {
      kind: RESTORE_KIND,
      id: requireSegment('id', options?.id),
      startedAt:
        options.startedAt === undefined ? new Date(this.#system.clock.now()) : toDate('startedAt', options.startedAt),
      note: options.note,
    });
  }
}
