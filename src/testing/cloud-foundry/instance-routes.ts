import type { components } from '../../../generated/cloud-foundry.d.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { badQuery, resourceNotFound } from './errors.ts';
import { type Foundation, isoTime } from './foundation.ts';
import type { CloudFoundryInstance } from './instances.ts';
import { createdAt, lastOperationOf } from './last-operation.ts';
import { include, organizationOf, planOf, relatedParameters, spaceOf } from './related.ts';

type Schemas = components['schemas'];

/** What each filter compares with; other filters of the API are answered as unknown. */
const FILTERS: Readonly<Record<string, (instance: CloudFoundryInstance) => string>> = {
  names: ({ name }) => name,
  guids: ({ guid }) => guid,
  type: () => 'managed',
  space_guids: (instance) => spaceOf(instance).guid,
  organization_guids: (instance) => organizationOf(instance).guid,
  service_plan_guids: (instance) => planOf(instance).guid,
};
const KNOWN = [...Object.keys(FILTERS), 'page', 'per_page', 'order_by', ...relatedParameters];

export function instanceRoutes(foundation: Foundation): Route[] {
  function list(call: Call): Response {
    const query = call.url.searchParams;
    const unknown = unknownParameters(query, KNOWN);
    if (unknown) return unknown;
    const page = readNumber(query.get('page'), 1, Number.MAX_SAFE_INTEGER);
    const perPage = readNumber(query.get('per_page'), 50, 5000);
    if (page === undefined) return badQuery('Page must be a positive integer');
    if (perPage === undefined) return badQuery('Per page must be between 1 and 5000');
    const compare = ORDERS[(query.get('order_by') ?? 'created_at').replace(/^-/, '')];
    if (!compare) return badQuery("Order by can only be: 'created_at', 'updated_at', 'name'");

    const found = foundation.instances.filter((instance) => matches(instance, query)).sort(compare);
    if (query.get('order_by')?.startsWith('-')) found.reverse();
    const shown = found.slice((page - 1) * perPage, page * perPage);
    const body: Schemas['ServiceInstancePage'] = {
      pagination: paginate(call, found.length, page, perPage),
      resources: shown.map((instance) => describe(instance, call)),
      ...include(query, shown),
    };
    return jsonAnswer(body);
  }

  function get(call: Call): Response {
    const unknown = unknownParameters(call.url.searchParams, relatedParameters);
    if (unknown) return unknown;
    const instance = foundation.find(call.params.guid);
    if (!instance) return resourceNotFound('Service instance');
    return jsonAnswer({ ...describe(instance, call), ...include(call.url.searchParams, [instance]) });
  }

  function paginate(call: Call, total: number, page: number, perPage: number): Schemas['Pagination'] {
    const pages = Math.max(1, Math.ceil(total / perPage));
    const link = (to: number): Schemas['Link'] => {
      const query = new URLSearchParams(call.url.searchParams);
      query.set('page', String(to));
      query.set('per_page', String(perPage));
      return { href: `${base(call)}/v3/service_instances?${query}` };
    };
    return {
      total_results: total,
      total_pages: pages,
      first: link(1),
      last: link(pages),
      next: page < pages ? link(page + 1) : null,
      previous: page > 1 ? link(page - 1) : null,
    };
  }

  function describe(instance: CloudFoundryInstance, call: Call): Schemas['ManagedServiceInstance'] {
    const lastOperation = lastOperationOf(foundation, instance);
    const self = `${base(call)}/v3/service_instances/${instance.guid}`;
    const [space, plan] = [spaceOf(instance).guid, planOf(instance).guid];
    return {
      guid: instance.guid,
      created_at: createdAt(instance),
      updated_at: lastOperation.updated_at ?? createdAt(instance),
      name: instance.name,
      tags: [],
      type: 'managed',
      maintenance_info: { version: '1.0.0' },
      upgrade_available: false,
      dashboard_url: null,
      last_operation: lastOperation,
      relationships: { service_plan: { data: { guid: plan } }, space: { data: { guid: space } } },
      metadata: { labels: {}, annotations: {} },
      links: {
        self: { href: self },
        service_plan: { href: `${base(call)}/v3/service_plans/${plan}` },
        space: { href: `${base(call)}/v3/spaces/${space}` },
        parameters: { href: `${self}/parameters` },
      },
    };
  }

  const base = (call: Call) => foundation.scenario.externalOrigin ?? call.url.origin;
  const path = '/v3/service_instances';
  return [
    { operationId: 'listServiceInstances', method: 'GET', path, role: 'other', handle: list },
    { operationId: 'getServiceInstance', method: 'GET', path: `${path}/{guid}`, role: 'other', handle: get },
  ];
}

const byText =
  (read: (instance: CloudFoundryInstance) => string) => (a: CloudFoundryInstance, b: CloudFoundryInstance) =>
    read(a) < read(b) ? -1 : Number(read(a) > read(b));
const byCreation = byText((instance) => isoTime(Date.parse(createdAt(instance))));
const ORDERS: Readonly<Record<string, (a: CloudFoundryInstance, b: CloudFoundryInstance) => number>> = {
  created_at: byCreation,
  updated_at: byCreation,
  name: byText(({ name }) => name),
};

function unknownParameters(query: URLSearchParams, known: readonly string[]): Response | undefined {
  const unknown = [...query.keys()].filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return badQuery(
    `Unknown query parameter(s): '${unknown.join("', '")}'. Valid parameters are: '${known.join("', '")}'`,
  );
}

/** Commas mean or; a comma inside of a value arrives encoded a second time. */
function matches(instance: CloudFoundryInstance, query: URLSearchParams): boolean {
  return Object.entries(FILTERS).every(([name, read]) => {
    const wanted = query
      .get(name)
      ?.split(',')
      .map((value) => value.replace(/%2C/gi, ','));
    return wanted === undefined || wanted.includes(read(instance));
  });
}

function readNumber(text: string | null, byDefault: number, most: number): number | undefined {
  if (text === null) return byDefault;
  const value = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}
