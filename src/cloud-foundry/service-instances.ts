import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import type { Answer } from '../http/answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { hintOf } from './backup.ts';
import { splitOptions } from './call-options.ts';
import { explained } from './explain-error.ts';
import {
  type CloudFoundryTarget,
  checkFind,
  type FindServiceInstance,
  matching,
  placeFilter,
  placeOf,
  selectInstance,
} from './find-instance.ts';
import { type ServiceInstanceFilter, toInstanceQuery } from './instance-filter.ts';
import { restoreKind } from './job-kinds.ts';
import { readPages } from './pages.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { type CloudFoundryRestoreSource, toWireSource, type WireSource } from './restore-source.ts';
import { ServiceInstancePageSchema, ServiceInstanceSchema } from './schemas.ts';
import { type ServiceInstance, toServiceInstance } from './service-instance.ts';
import { request } from './traits.ts';

export interface RestoreServiceInstanceInput {
  /** Guid of the service instance that is overwritten. */
  readonly into: string;
  readonly from: CloudFoundryRestoreSource;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

/** Related resources that are requested for one instance. The list also requests the relationships. */
const FIELDS = {
  space: 'guid,name',
  'space.organization': 'guid,name',
  service_plan: 'guid,name',
  'service_plan.service_offering': 'guid,name,description,documentation_url,tags',
  'service_plan.service_offering.service_broker': 'guid,name',
} as const;
const LIST_FIELDS = {
  ...FIELDS,
  space: 'guid,name,relationships.organization',
  service_plan: 'guid,name,relationships.service_offering',
  'service_plan.service_offering': `${FIELDS['service_plan.service_offering']},relationships.service_broker`,
} as const;

/** Service instances and their restore. */
export class ServiceInstances {
  readonly #system: System;
  readonly #target: CloudFoundryTarget;

  /** @internal */
  constructor(system: System, target: CloudFoundryTarget) {
    this.#system = system;
    this.#target = target;
  }

  /**
   * The instances that this account may see and that match the filter, managed and user-provided ones, also those that
   * other spaces share with one of its spaces. All pages are read while the items are consumed.
   * @see https://v3-apidocs.cloudfoundry.org/#list-service-instances
   * @throws {ConfigurationError} a filter is unknown, empty or wrong; nothing was sent
   * @example
   * for await (const { name, plan } of cf.serviceInstances.list({ type: 'managed', labelSelector: 'env=production' })) {
   *   console.log(name, plan?.name);
   * }
   */
  list(filter: ServiceInstanceFilter = {}, options: CallOptions = {}): Items<ServiceInstance> {
    const query = { ...toInstanceQuery(filter), fields: LIST_FIELDS };
    const { call } = splitOptions(options, []);
    const system = this.#system;
    return itemsOf(async function* () {
      const first = request('get', '/v3/service_instances', { params: { query } });
      for await (const { fresh, page } of readPages(system, first, ServiceInstancePageSchema, call)) {
        for (const instance of fresh) yield toServiceInstance(instance, page.included);
      }
    });
  }

  /**
   * One instance with its space, organization, plan, offering and broker.
   * @see https://v3-apidocs.cloudfoundry.org/#get-a-service-instance
   * @throws {ConfigurationError} the guid cannot be used in a path; nothing was sent
   * @throws {NotFoundError} the instance does not exist, or this account may not read it
   */
  async get(guid: string, options: CallOptions = {}): Promise<ServiceInstance> {
    const path = { guid: requireSegment('guid', guid) };
    const { call } = splitOptions(options, []);
    const instance = request('get', '/v3/service_instances/{guid}', { params: { path, query: { fields: FIELDS } } });
    return toServiceInstance(await this.#system.read(instance, ServiceInstanceSchema, call));
  }

  /**
   * The one instance with that name in that space. Without a space and an organization, those of the client's `target`
   * are used, like `cf target`.
   * @throws {ConfigurationError} a field is unknown, missing or empty; nothing was sent
   * @throws {SelectionError} 'none', or 'several' with that name in different spaces
   * @example
   * const { guid } = await cf.serviceInstances.find({ name: 'orders-db', space: 'production', organization: 'acme' });
   */
  async find(wanted: FindServiceInstance, options: CallOptions = {}): Promise<ServiceInstance> {
    checkFind(wanted);
    const { redactor } = this.#system.transport;
    const place = placeOf(wanted, this.#target);
    const narrow = placeFilter(place);
    if (narrow) {
      const there = await this.list({ names: [wanted.name], ...narrow }, options).toArray();
      if (matching(there, place).length > 0) return selectInstance(there, place, redactor);
    }
    // Without a filter for the place, the error can list the places that have an instance of that name.
    return selectInstance(await this.list({ names: [wanted.name] }, options).toArray(), place, redactor);
  }

  /**
   * Starts a restore, which overwrites the data of `into`. The request is sent once and never repeated.
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/actions/restore/post/
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ConflictError} another operation runs on the instance or on one of its bindings (CF-14)
   * @throws {NotFoundError} there is no such instance, or this foundation has no backups (CF-15)
   * @throws {ValidationError} the request was refused, such as a backup that is not known
   * @throws {PermissionError} a scope or a role is missing, or the space or the organization is suspended
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the start was accepted without a `Location` (CF-9)
   * @example
   * const { id, createdAt } = await cf.backups.latest(guid);
   * await cf.serviceInstances.restore({ into: guid, from: { backupId: id, createdAt } });
   * await cf.serviceInstances.restore({ into: guid, from: { pointInTime: '2026-04-23T08:48:06Z' } });
   * // Into a new instance, the backup of another one:
   * await cf.serviceInstances.restore({ into: newGuid, from: { backupId: id, serviceInstanceGuid: guid } });
   */
  async restore(input: RestoreServiceInstanceInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const into = requireSegment('into', input?.into);
    refuseUnknown(input, ['into', 'from', 'note']);
    const { call } = splitOptions(options, []);
    const { body, dataAsOf } = toWireSource(input.from);
    const system = this.#system;
    const path = { service_instance_guid: into };
    const facts = omitUndefined({ serviceInstanceGuid: into, dataAsOf: dataAsOf?.toISOString() });
    const start = {
      what: `the restore of service instance ${into}`,
      note: input.note,
      facts,
      isToldByHeaders: true,
      request: request('post', '/v3/service_instances/{service_instance_guid}/actions/restore', {
        params: { path },
        body,
      }),
      parseStartResponse: (answer: Answer) => parseStartResponse(system, answer, facts),
    };
    return explained(startOperation(system, restoreKind, start, call), ownerAdvice(into, body));
  }
}

/** If the id of the backup seems to name another instance, a refusal is explained by that. */
function ownerAdvice(
  into: string,
  { backup_id: id, source_service_instance_guid: source }: WireSource['body'],
): string | undefined {
  const owner = hintOf(id)?.serviceInstanceGuid;
  if (owner === undefined || owner.toLowerCase() === (source ?? into).toLowerCase()) return undefined;
  return `The id of the backup seems to name its owner, the instance ${owner}: if that is right, pass it as \`from.serviceInstanceGuid\`.`;
}
