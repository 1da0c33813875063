import type { components } from '../../../generated/cloud-foundry.d.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { badQuery, resourceNotFound } from './errors.ts';
import type { Foundation } from './foundation.ts';
import { instanceBody, updatedAt } from './instance-body.ts';
import { filterParameters, type ListedInstance, readFilters } from './instance-filters.ts';
import type { CloudFoundryInstance } from './instances.ts';
import { createdAt } from './last-operation.ts';
import { type Orders, readPage, unknownParameters } from './page.ts';
import { include, readFields } from './related.ts';

type Schemas = components['schemas'];

export function instanceRoutes(foundation: Foundation): Route[] {
  function list(call: Call): Response {
    const query = call.url.searchParams;
    const page = readPage(call, { parameters: [...filterParameters, 'fields'], orders: ORDERS });
    if (page instanceof Response) return page;
    const filter = readFilters(query);
    if (typeof filter !== 'function') return badQuery(filter.join(', '));
    const fields = readFields(query, 'list');
    if (!areRequests(fields)) return badQuery(fields.join(', '));

    const { items, pagination } = page.show(foundation.instances.map(toListed).filter(filter), base(call));
    const shown = items.map(({ instance }) => instance);
    const body: Schemas['ServiceInstancePage'] = {
      pagination,
      resources: shown.map((instance) => instanceBody(foundation, instance, base(call))),
      ...include(fields, shown),
    };
    return jsonAnswer(body);
  }

  function get(call: Call): Response {
    const query = call.url.searchParams;
    const unknown = unknownParameters(query, ['fields']);
    if (unknown) return unknown;
    const fields = readFields(query, 'get');
    if (!areRequests(fields)) return badQuery(fields.join(', '));
    const asked = foundation.find(call.params.guid);
    if (!asked) return resourceNotFound('Service instance');
    const { elapsedMs, misrouting } = foundation;
    const isMisrouted = misrouting.isInstanceMisroutedAt({ elapsedMs, polls: call.polls });
    const instance = (isMisrouted && foundation.instances.find((other) => other !== asked)) || asked;
    return jsonAnswer({ ...instanceBody(foundation, instance, base(call)), ...include(fields, [instance]) });
  }

  function usageSummary(call: Call): Response {
    const instance = foundation.find(call.params.guid);
    if (!instance) return resourceNotFound('Service instance');
    const self = `${base(call)}/v3/service_instances/${instance.guid}`;
    const shared = `${self}/relationships/shared_spaces`;
    const body: Schemas['SharedSpacesUsage'] = {
      usage_summary: (instance.sharedWith ?? []).map(({ spaceGuid: guid, boundApps }) => ({
        space: { guid },
        bound_app_count: boundApps,
      })),
      links: {
        self: { href: `${shared}/usage_summary` },
        shared_spaces: { href: shared },
        service_instance: { href: self },
      },
    };
    return jsonAnswer(body);
  }

  function toListed(instance: CloudFoundryInstance): ListedInstance {
    return { instance, createdAt: createdAt(instance), updatedAt: updatedAt(foundation, instance) };
  }

  const base = (call: Call) => foundation.scenario.externalOrigin ?? call.url.origin;
  const path = '/v3/service_instances';
  return [
    { operationId: 'listServiceInstances', method: 'GET', path, role: 'other', handle: list },
    { operationId: 'getServiceInstance', method: 'GET', path: `${path}/{guid}`, role: 'other', handle: get },
    {
      operationId: 'getSharedSpacesUsage',
      method: 'GET',
      path: `${path}/{guid}/relationships/shared_spaces/usage_summary`,
      role: 'other',
      handle: usageSummary,
    },
  ];
}

const ORDERS: Orders<ListedInstance> = {
  created_at: (listed) => listed.createdAt,
  updated_at: (listed) => listed.updatedAt,
  name: ({ instance }) => instance.name,
};

function areRequests(fields: ReturnType<typeof readFields>): fields is Exclude<typeof fields, readonly string[]> {
  return fields.every((field) => typeof field !== 'string');
}
