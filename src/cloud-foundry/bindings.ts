import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { optionalWhole } from '../errors/require.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { requireSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type ServiceBinding, toBinding } from './binding.ts';
import { requireOneOf, splitOptions } from './call-options.ts';
import { toListItem } from './instance-filter.ts';
import { readPages } from './pages.ts';
import { BindingPageSchema, SharedSpacesUsageSchema } from './schemas.ts';
import { request } from './traits.ts';

export interface ListBindingsOptions extends CallOptions {
  /** Only bindings of this type. @default all of them: apps and keys first, then routes */
  readonly type?: 'app' | 'key' | 'route' | undefined;
  /** Bindings per request, 1 to 5000. @default 50, the default of the server */
  readonly perPage?: number | undefined;
}

/** A space that an instance is shared with. */
export interface SharedSpace {
  readonly spaceGuid: string;
  /** How many apps of that space are bound to the instance. */
  readonly boundApps: number;
}

/** Who uses a service instance. */
export class Bindings {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The apps, keys and routes that use an instance, with the names and states of the apps. Bindings in spaces that this
   * account may not read are not listed: see `inSharedSpaces`. An instance that is not known has an empty list.
   * @see https://v3-apidocs.cloudfoundry.org/#list-service-credential-bindings
   * @see https://v3-apidocs.cloudfoundry.org/#list-service-route-bindings
   * @throws {ConfigurationError} an argument is wrong; nothing was sent
   * @example
   * for await (const { app } of cf.bindings.list(instance.guid, { type: 'app' })) console.log(app?.name, app?.state);
   */
  list(instanceGuid: string, options: ListBindingsOptions = {}): Items<ServiceBinding> {
    const { own, call } = splitOptions(options, ['type', 'perPage']);
    const { type, perPage } = own;
    requireOneOf('type', type, ['app', 'key', 'route']);
    optionalWhole('perPage', perPage, 1, 5_000);
    const query = {
      service_instance_guids: [toListItem('instanceGuid', requireSegment('instanceGuid', instanceGuid))],
      ...omitUndefined({ per_page: perPage }),
    };
    const lists: ApiRequest[] = [];
    if (type !== 'route') {
      const credentialQuery = { ...query, ...omitUndefined({ type }), include: ['app' as const] };
      lists.push(request('get', '/v3/service_credential_bindings', { params: { query: credentialQuery } }));
    }
    if (type === undefined || type === 'route') {
      const routeQuery = { ...query, include: ['route' as const] };
      lists.push(request('get', '/v3/service_route_bindings', { params: { query: routeQuery } }));
    }
    const system = this.#system;
    return itemsOf(async function* () {
      for (const list of lists) {
        for await (const { fresh, page } of readPages(system, list, BindingPageSchema, call)) {
          for (const binding of fresh) yield toBinding(binding, page.included);
        }
      }
    });
  }

  /**
   * The spaces that an instance is shared with, and how many apps are bound in each, also in spaces that this account
   * may not read. Apps in the own space of the instance are not counted.
   * @see https://v3-apidocs.cloudfoundry.org/#get-usage-summary-in-shared-spaces
   * @throws {NotFoundError} the instance does not exist, or this account may not read it
   */
  async inSharedSpaces(instanceGuid: string, options: CallOptions = {}): Promise<readonly SharedSpace[]> {
    const { call } = splitOptions(options, []);
    const path = { guid: requireSegment('instanceGuid', instanceGuid) };
    const usage = request('get', '/v3/service_instances/{guid}/relationships/shared_spaces/usage_summary', {
      params: { path },
    });
    const { usage_summary: spaces } = await this.#system.read(usage, SharedSpacesUsageSchema, call);
    return spaces.map(({ space, bound_app_count: boundApps }) => ({ spaceGuid: space.guid, boundApps }));
  }
}
