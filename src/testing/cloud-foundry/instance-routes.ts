import type { components } from '../../../generated/cloud-foundry.d.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { badQuery, resourceNotFound } from './errors.ts';
import type { Foundation } from './foundation.ts';
import { instanceBody, updatedAt } from './instance-body.ts';
import { filterParameters, type ListedInstance, readFilters } from './instance-filters.ts';
import type { CloudFoundryInstance } from './instances.ts';
import { createdAt } from './last-operation.ts';
import { quoted, readName } from './query-values.ts';
import { include, readFields } from './related.ts';

type Schemas = components['schemas'];

const LIST_PARAMETERS = [...filterParameters, 'fields', 'page', 'per_page', 'order_by'];
/** Only these are written with a key in brackets. */
const KEYED: readonly string[] = ['fields', 'created_ats', 'updated_ats'];

export function instanceRoutes(foundation: Foundation): Route[] {
  function list(call: Call): Response {
    const query = call.url.searchParams;
    const unknown = unknownParameters(query, LIST_PARAMETERS);
    if (unknown) return unknown;
    const page = readNumber(query.get('page'), 1, Number.MAX_SAFE_INTEGER);
    const perPage = readNumber(query.get('per_page'), 50, 5000);
    if (page === undefined) return badQuery('Page must be a positive integer');
    if (perPage === undefined) return badQuery('Per page must be between 1 and 5000');
    const [, direction, field = ''] = /^([+-]?)(.*)$/.exec(query.get('order_by') ?? 'created_at') ?? [];
    const compare = Object.hasOwn(ORDERS, field) ? ORDERS[field] : undefined;
    if (!compare) return badQuery("Order by can only be: 'created_at', 'updated_at', 'name'");
    const filter = readFilters(query);
    if (typeof filter !== 'function') return badQuery(filter.join(', '));
    const fields = readFields(query, 'list');
    if (!areRequests(fields)) return badQuery(fields.join(', '));

    const found = foundation.instances.map(toListed).filter(filter).sort(compare);
    if (direction === '-') found.reverse();
    const shown = found.slice((page - 1) * perPage, page * perPage).map(({ instance }) => instance);
    const body: Schemas['ServiceInstancePage'] = {
      pagination: paginate(call, found.length, page, perPage),
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

  function toListed(instance: CloudFoundryInstance): ListedInstance {
    return { instance, createdAt: createdAt(instance), updatedAt: updatedAt(foundation, instance) };
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

  const base = (call: Call) => foundation.scenario.externalOrigin ?? call.url.origin;
  const path = '/v3/service_instances';
  return [
    { operationId: 'listServiceInstances', method: 'GET', path, role: 'other', handle: list },
    { operationId: 'getServiceInstance', method: 'GET', path: `${path}/{guid}`, role: 'other', handle: get },
  ];
}

const byText = (read: (listed: ListedInstance) => string) => (a: ListedInstance, b: ListedInstance) =>
  read(a) < read(b) ? -1 : Number(read(a) > read(b));
const ORDERS: Readonly<Record<string, (a: ListedInstance, b: ListedInstance) => number>> = {
  created_at: byText((listed) => listed.createdAt),
  updated_at: byText((listed) => listed.updatedAt),
  name: byText(({ instance }) => instance.name),
};

function unknownParameters(query: URLSearchParams, known: readonly string[]): Response | undefined {
  const unknown = [...query.keys()].filter((name) => {
    const { parameter, key } = readName(name);
    return !known.includes(parameter) || (key !== undefined && !KEYED.includes(parameter));
  });
  if (unknown.length === 0) return undefined;
  return badQuery(`Unknown query parameter(s): ${quoted(unknown)}. Valid parameters are: ${quoted(known)}`);
}

function areRequests(fields: ReturnType<typeof readFields>): fields is Exclude<typeof fields, readonly string[]> {
  return fields.every((field) => typeof field !== 'string');
}

function readNumber(text: string | null, byDefault: number, most: number): number | undefined {
  if (text === null) return byDefault;
  const value = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}
