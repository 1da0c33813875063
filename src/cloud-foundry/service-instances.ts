import type { operations } from '../../generated/cloud-foundry.d.ts';
import type { CallOptions } from '../client/client-options.ts';
import { checkPageCount, type Items, itemsOf } from '../client/items.ts';
import { ownPath } from '../client/own-path.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { optionalWhole } from '../errors/require.ts';
import type { Answer } from '../http/answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { type Backup, toBackups } from './backups.ts';
import { explainBackupError } from './explain-error.ts';
import { backupKind, restoreKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { type RestoreSource, toWireSource } from './restore-source.ts';
import { BackupListSchema, ServiceInstancePageSchema, ServiceInstanceSchema } from './schemas.ts';
import { type ServiceInstance, toServiceInstance } from './service-instance.ts';
import { request } from './traits.ts';

export interface RestoreServiceInstanceInput {
  /** Guid of the service instance that is overwritten. */
  readonly into: string;
  readonly from: RestoreSource;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string;
}

/** Filters of the list; several values of one field mean "any of them". */
export interface ServiceInstanceFilter {
  /** Case-sensitive. */
  readonly names?: readonly string[];
  readonly guids?: readonly string[];
  readonly spaceGuids?: readonly string[];
  readonly organizationGuids?: readonly string[];
  /** @default 50, the server's own */
  readonly perPage?: number;
}

/** Service instances, their backups, and the restore. */
export class ServiceInstances {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /** All instances that the caller may see. @see https://v3-apidocs.cloudfoundry.org/#list-service-instances */
  list(filter: ServiceInstanceFilter = {}, options: CallOptions = {}): Items<ServiceInstance> {
    const query = toQuery(filter);
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
          yield toServiceInstance(instance);
        }
        const next = page.pagination.next?.href;
        // A page that brings nothing new, or leads back, ends a list that goes in a circle.
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

  /** @throws {NotFoundError} it does not exist, or may not be read */
  async get(guid: string, options: CallOptions = {}): Promise<ServiceInstance> {
    const path = { guid: requireSegment('guid', guid) };
    const instance = request('get', '/v3/service_instances/{guid}', { params: { path } });
    return toServiceInstance(await this.#system.read(instance, ServiceInstanceSchema, options));
  }

  /**
   * The backups of an instance, in no documented order.
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   */
  listBackups(guid: string, options: CallOptions & { readonly limit?: number } = {}): Items<Backup> {
    const path = { service_instance_guid: requireSegment('guid', guid) };
    const { limit, ...callOptions } = options;
    optionalWhole('limit', limit, 1);
    const query = limit === undefined ? {} : { limit };
    const system = this.#system;
    return itemsOf(async function* () {
      const list = system.read(
        request('get', '/v3/service_instances/{service_instance_guid}/backups', { params: { path, query } }),
        BackupListSchema,
        callOptions,
      );
      yield* toBackups(await explained(list));
    });
  }

  /**
   * Starts a backup. Neither the answer nor the job names it: see `findNewBackup` (CF-30).
   * @throws {ConflictError} another operation runs on the instance
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async createBackup(
    guid: string,
    options: CallOptions & { readonly note?: string } = {},
  ): Promise<Operation<RestoreResult>> {
    const path = { service_instance_guid: requireSegment('guid', guid) };
    const { note, ...callOptions } = options;
    const system = this.#system;
    const facts = { serviceInstanceGuid: guid };
    const call = {
      what: `a backup of service instance ${guid}`,
      note,
      facts,
      isToldByHeaders: true,
      request: request('post', '/v3/service_instances/{service_instance_guid}/backups', { params: { path } }),
      parseStartResponse: (answer: Answer) => parseStartResponse(system, answer, facts),
    };
    return explained(startOperation(system, backupKind, call, callOptions));
  }

  /**
   * Starts the restore: the data of `into` is overwritten. Sent once, never repeated.
   * @see https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/actions/restore/post/
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ConflictError} another operation runs on the instance (CF-14)
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @throws {UnexpectedResponseError} `started: 'yes'`: accepted without a `Location` (CF-9)
   */
  async restore(input: RestoreServiceInstanceInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const into = requireSegment('into', input?.into);
    const { body, dataAsOf } = toWireSource(input.from);
    const system = this.#system;
    const path = { service_instance_guid: into };
    const facts = { serviceInstanceGuid: into, ...(dataAsOf ? { dataAsOf: dataAsOf.toISOString() } : {}) };
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

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explainBackupError(error);
  }
}

type Query = NonNullable<operations['listServiceInstances']['parameters']['query']>;

function toQuery(filter: ServiceInstanceFilter): Query {
  const { names, guids, spaceGuids, organizationGuids, perPage } = filter;
  optionalWhole('perPage', perPage, 1, 5_000);
  return {
    ...(names ? { names: toList('names', names) } : {}),
    ...(guids ? { guids: toList('guids', guids) } : {}),
    ...(spaceGuids ? { space_guids: toList('spaceGuids', spaceGuids) } : {}),
    ...(organizationGuids ? { organization_guids: toList('organizationGuids', organizationGuids) } : {}),
    ...(perPage === undefined ? {} : { per_page: perPage }),
  };
}

const COMMAS = { array: { style: 'form', explode: false } } as const;

/** Commas separate values; one inside a value is encoded twice (https://v3-apidocs.cloudfoundry.org/#query-parameters). */
function toList(field: string, values: readonly string[]): string[] {
  return values.map((value) => requireSegment(field, value).replaceAll(',', '%2C'));
}
