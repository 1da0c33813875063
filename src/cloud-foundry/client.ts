import type { CallOptions, ClientOptions } from '../client/client-options.ts';
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
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { Backups } from './backups.ts';
import { takeBaseline } from './baseline.ts';
import { type CloudFoundryJob, toJob } from './job.ts';
import { restoreKind } from './job-kinds.ts';
import { kinds } from './kinds.ts';
import { JobSchema } from './schemas.ts';
import { ServiceInstances } from './service-instances.ts';
import { request, traits } from './traits.ts';

/** `id` is the guid of the job. */
export interface CloudFoundryAttachOptions extends CommonAttachOptions {}

/**
 * A client for Cloud Foundry with backups of service instances, which only Tanzu Elastic Application Runtime has.
 *
 * `auth` is made by `uaaPassword`, `uaaClientCredentials` or `bearerToken`; it needs `cloud_controller.read` and
 * `cloud_controller.write`.
 * @see https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/
 * @throws {ConfigurationError} an option is wrong
 */
export class CloudFoundryClient extends SystemClient implements ResumingClient<RestoreResult> {
  readonly kinds: readonly string[] = kinds.map(({ kind }) => kind);
  readonly serviceInstances: ServiceInstances;
  readonly backups: Backups;
  readonly jobs: {
    /** @throws {NotFoundError} there is no such job, or no longer; jobs are kept for 90 days by default */
    get(guid: string, options?: CallOptions): Promise<CloudFoundryJob>;
  };
  readonly #system: System;

  constructor(options: ClientOptions) {
    const system = new System(options, traits);
    super(system);
    this.#system = system;
    this.serviceInstances = new ServiceInstances(system);
    this.backups = new Backups(system);
    this.jobs = {
      get: async (guid, callOptions = {}) => {
        const path = { guid: requireSegment('guid', guid) };
        return toJob(
          await system.read(request('get', '/v3/jobs/{guid}', { params: { path } }), JobSchema, callOptions),
        );
      },
    };
  }

  /**
   * Makes an operation from a saved handle. Sends nothing.
   * @throws {HandleError} the handle belongs to another system, base URL or version, or is damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    return resumeOperation(this.#system, kinds, handle);
  }

  /**
   * Reads the last operation of the instance and the server's time before a start, as JSON for `reconcileStart`. It
   * also logs in before the intent is recorded, so that fewer failures can happen after that.
   */
  async takeBaseline(target: DeadStart['target'], options: ReconcileOptions = {}): Promise<unknown> {
    return takeBaseline(this.#system, restoreKind.factsOfTarget(target.instance ?? ''), options);
  }

  /**
   * Asks for the last operation of an instance after a start whose process died, as evidence for `startOnce`. The
   * target must be the guid of the service instance. It only reads.
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    return reconcileDeadStart(this.#system, restoreKind, lost, options);
  }

  /**
   * Makes an operation for a restore job that was started elsewhere. Sends nothing.
   * @throws {HandleError} from the first poll, if the job is of another kind, such as a backup
   */
  attach(options: CloudFoundryAttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id);
    return attachOperation(this.#system, restoreKind, { ...options, id, facts: {} });
  }
}
