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
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireFields } from '../errors/require.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { Backups } from './backups.ts';
import { takeBaseline } from './baseline.ts';
import { Bindings } from './bindings.ts';
import { splitOptions } from './call-options.ts';
import { type CloudFoundryTarget, checkTarget } from './find-instance.ts';
import { type CloudFoundryJob, toJob } from './job.ts';
import { restoreKind } from './job-kinds.ts';
import { kinds } from './kinds.ts';
import { JobSchema } from './schemas.ts';
import { ServiceInstances } from './service-instances.ts';
import { request, traits } from './traits.ts';

export interface CloudFoundryClientOptions extends ClientOptions {
  /**
   * Where `serviceInstances.find` looks if a call names no other place: the organization and the space of `cf target`.
   * @default everywhere
   */
  readonly target?: CloudFoundryTarget | undefined;
}

/** `id` is the guid of the job: the last part of its `Location`. */
export interface CloudFoundryAttachOptions extends CommonAttachOptions {}

/**
 * A client for Cloud Foundry with backups of service instances, which only Tanzu Elastic Application Runtime has.
 *
 * `auth` is made by one of the `uaa...` functions, by `cfCli` of `restorekit/node` or by `bearerToken`. It needs the scopes
 * `cloud_controller.read` and `cloud_controller.write`.
 * @see https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/
 * @throws {ConfigurationError} an option is wrong
 */
export class CloudFoundryClient extends SystemClient implements ResumingClient<RestoreResult> {
  readonly kinds: readonly string[] = kinds.map(({ kind }) => kind);
  readonly serviceInstances: ServiceInstances;
  readonly backups: Backups;
  readonly bindings: Bindings;
  readonly jobs: {
    /**
     * One read of a job, of any operation. To wait for a restore, use `attach`.
     * @see https://v3-apidocs.cloudfoundry.org/#get-a-job
     * @throws {NotFoundError} there is no such job, or no longer; jobs are kept for 90 days by default
     */
    get(guid: string, options?: CallOptions): Promise<CloudFoundryJob>;
  };
  readonly #system: System;

  constructor(options: CloudFoundryClientOptions) {
    requireFields('options', options, '{ baseUrl, auth }');
    const { target, ...common } = options;
    const system = new System(common, traits);
    super(system);
    this.#system = system;
    this.serviceInstances = new ServiceInstances(system, checkTarget(target));
    this.backups = new Backups(system);
    this.bindings = new Bindings(system);
    this.jobs = {
      get: async (guid, callOptions = {}) => {
        const path = { guid: requireSegment('guid', guid) };
        const { call } = splitOptions(callOptions, []);
        const job = request('get', '/v3/jobs/{guid}', { params: { path } });
        const answer = await system.transport.send(job, { ...call, mode: 'read' });
        return toJob(system.parse(JobSchema, answer), answer.headers.get('x-cf-warnings'));
      },
    };
  }

  /**
   * Makes an operation from a saved handle of a restore or of a backup. Sends nothing. `backups.resume` has the type of
   * the result of a backup.
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
   * @throws {ConfigurationError} an option is unknown or wrong
   * @throws {HandleError} from the first poll, if the job is of another kind, such as a backup
   */
  attach(options: CloudFoundryAttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id);
    refuseUnknown(options, ['id', 'startedAt', 'note']);
    return attachOperation(this.#system, restoreKind, { ...options, id, facts: {} });
  }
}
