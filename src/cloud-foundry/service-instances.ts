import type { CallOptions } from '../client/client-options.ts';
import { checkPageCount, type Items, itemsOf } from '../client/items.ts';
import { ownPath } from '../client/own-path.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import type { Answer } from '../http/answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { refuseUnknown } from '../operation/refuse-unknown.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { explained } from './explain-error.ts';
import { checkFind, type FindServiceInstance, selectInstance } from './find-instance.ts';
import { type ServiceInstanceFilter, toInstanceQuery } from './instance-filter.ts';
import { restoreKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { type CloudFoundryRestoreSource, toWireSource } from './restore-source.ts';
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
  'service_plan.service_offering': 'guid,name',
} as const;
const LIST_FIELDS = {
  ...FIELDS,
  space: 'guid,name,relationships.organization',
  service_plan: 'guid,name,relationships.service_offering',
} as const;
const COMMAS = { array: { style: 'form', explode: false } } as const;

/** Service instances and their restore. */
export class ServiceInstances {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /** All instances that the caller may see. @see https://v3-apidocs.cloudfoundry.org/#list-service-instances */
  list(filter: ServiceInstanceFilter = {}, options: CallOptions = {}): Items<ServiceInstance> {
    const query = { ...toInstanceQuery(filter), fields: LIST_FIELDS };
    const system = this.#system;
    return itemsOf(async function* () {
      const asked = new Set<string>();
      const guids = new Set<string>();
      let page = await system.read(
        request('get', '/v3/service_instances', { params: { query }, querySerializer: COMMAS }),
        ServiceInstancePageSchema,
        options,
      );
      for (;;) {
        const fresh = page.resources.filter(({ guid }) => !guids.has(guid));
        for (const instance of fresh) {
          guids.add(instance.guid);
          yield toServiceInstance(instance, page.included);
        }
        const next = page.pagination.next?.href;
        // A page without new items, or with a link to an earlier page, ends the list, so that it cannot loop for ever.
        if (!next || (fresh.length === 0 && page.resources.length > 0)) return;
        const { base, redactor } = system.transport;
        const path = ownPath(next, { base, redactor, family: /^[^?]*(\/v3\/service_instances\?.*)$/ });
        if (asked.has(path)) return;
        asked.add(path);
        checkPageCount(asked.size);
        page = await system.read({ method: 'GET', path }, ServiceInstancePageSchema, options);
      }
    });
  }

  /** @throws {NotFoundError} the instance does not exist, or this account may not read it */
  async get(guid: string, options: CallOptions = {}): Promise<ServiceInstance> {
    const path = { guid: requireSegment('guid', guid) };
    const instance = request('get', '/v3/service_instances/{guid}', { params: { path, query: { fields: FIELDS } } });
    return toServiceInstance(await this.#system.read(instance, ServiceInstanceSchema, options));
  }

  /**
   * The one instance with that name in that space.
   * @throws {SelectionError} 'none', or 'several' with that name in different spaces
   * @example
   * const { guid } = await cf.serviceInstances.find({ name: 'orders-db', space: 'production', organization: 'acme' });
   */
  async find(wanted: FindServiceInstance, options: CallOptions = {}): Promise<ServiceInstance> {
    checkFind(wanted);
    const named = await this.list({ names: [wanted.name] }, options).toArray();
    return selectInstance(named, wanted, this.#system.transport.redactor);
  }

  /**
   * Starts a restore, which overwrites the data of `into`. The request is sent once and never repeated.
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/actions/restore/post/
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ConflictError} another operation runs on the instance (CF-14)
   * @throws {NotFoundError} there is no such instance, or this foundation has no backups (CF-15)
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the start was accepted without a `Location` (CF-9)
   */
  async restore(input: RestoreServiceInstanceInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const into = requireSegment('into', input?.into);
    refuseUnknown(input, ['into', 'from', 'note']);
    const { body, dataAsOf } = toWireSource(input.from);
    const system = this.#system;
    const path = { service_instance_guid: into };
    const facts = omitUndefined({ serviceInstanceGuid: into, dataAsOf: dataAsOf?.toISOString() });
    const call = {
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
    return explained(startOperation(system, restoreKind, call, options));
  }
}
