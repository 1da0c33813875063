import type { components } from '../../../generated/cloud-foundry.d.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { badQuery } from './errors.ts';
import type { Foundation } from './foundation.ts';
import { instanceBody } from './instance-body.ts';
import {
  type CloudFoundryBinding,
  type CloudFoundryInstance,
  isManaged,
  offeringOf,
  planOf,
  spaceOf,
} from './instances.ts';
import { readLabelSelector } from './label-selector.ts';
import { type Orders, readPage } from './page.ts';
import { listOf, quoted, readName } from './query-values.ts';
import { readTimeFilter } from './time-filter.ts';

type Schemas = components['schemas'];

interface Listed {
  readonly binding: CloudFoundryBinding;
  readonly instance: CloudFoundryInstance;
  readonly createdAt: string;
}

type Included<Page extends 'ServiceCredentialBindingPage' | 'ServiceRouteBindingPage'> = NonNullable<
  Schemas[Page]['included']
>;
type Filter = (listed: Listed) => boolean;

const CREATED = '2026-01-12T09:31:00Z';

/** Filters that are comma lists, and what each compares with; undefined matches nothing. */
const COMMON: Readonly<Record<string, (listed: Listed) => string | undefined>> = {
  guids: ({ binding }) => binding.guid,
  service_instance_guids: ({ instance }) => instance.guid,
  service_instance_names: ({ instance }) => instance.name,
};
const OF_CREDENTIALS: typeof COMMON = {
  ...COMMON,
  names: ({ binding }) => binding.name,
  app_guids: ({ binding }) => binding.app?.guid,
  app_names: ({ binding }) => binding.app?.name,
  service_plan_guids: ({ instance }) => (isManaged(instance) ? planOf(instance).guid : undefined),
  service_plan_names: ({ instance }) => (isManaged(instance) ? planOf(instance).name : undefined),
  service_offering_guids: ({ instance }) => (isManaged(instance) ? offeringOf(instance).guid : undefined),
  service_offering_names: ({ instance }) => (isManaged(instance) ? offeringOf(instance).name : undefined),
  type: ({ binding }) => binding.type,
};
const OF_ROUTES: typeof COMMON = { ...COMMON, route_guids: ({ binding }) => binding.route?.guid };

const TIMES: Orders<Listed> = { created_at: (listed) => listed.createdAt, updated_at: (listed) => listed.createdAt };
const OTHER_PARAMETERS = ['label_selector', 'created_ats', 'updated_ats', 'include'];

export function bindingRoutes(foundation: Foundation): Route[] {
  const base = (call: Call) => foundation.scenario.externalOrigin ?? call.url.origin;
  const all = (isRoute: boolean): Listed[] =>
    foundation.instances.flatMap((instance) =>
      (instance.bindings ?? [])
        .filter(({ type }) => (type === 'route') === isRoute)
        .map((binding) => ({ binding, instance, createdAt: binding.createdAt ?? CREATED })),
    );

  /** The shown bindings and the words of `include`, or the answer to a wrong query. */
  function read(
    call: Call,
    { isRoute, lists, orders }: { isRoute: boolean; lists: typeof COMMON; orders: Orders<Listed> },
  ) {
    const page = readPage(call, { parameters: [...Object.keys(lists), ...OTHER_PARAMETERS], orders });
    if (page instanceof Response) return page;
    const filters = readFilters(call.url.searchParams, lists);
    const problems = filters.filter((filter) => typeof filter === 'string');
    const wanted = listOf(call.url.searchParams.get('include') ?? '');
    const known = [isRoute ? 'route' : 'app', 'service_instance'];
    if (!wanted.every((word) => known.includes(word))) {
      problems.push(`Invalid included resource. Valid included resources are: ${quoted(known)}`);
    }
    if (problems.length > 0) return badQuery(problems.join(', '));
    const tests = filters.filter((filter) => typeof filter !== 'string');
    const found = all(isRoute).filter((listed) => tests.every((test) => test(listed)));
    return { ...page.show(found, base(call)), wanted };
  }

  function includedInstances(call: Call, shown: readonly Listed[]): Schemas['ServiceInstance'][] {
    return [...new Set(shown.map(({ instance }) => instance))].map((instance) =>
      instanceBody(foundation, instance, base(call)),
    );
  }

  function listCredentialBindings(call: Call): Response {
    const shown = read(call, {
      isRoute: false,
      lists: OF_CREDENTIALS,
      orders: { ...TIMES, name: ({ binding }) => binding.name ?? '' },
    });
    if (shown instanceof Response) return shown;
    const { items, pagination, wanted } = shown;
    const body: Schemas['ServiceCredentialBindingPage'] = {
      pagination,
      resources: items.map((listed) => ({
        ...common(listed, `${base(call)}/v3/service_credential_bindings`),
        type: listed.binding.type,
        name: listed.binding.name ?? null,
        relationships: omitUndefined({
          service_instance: { data: { guid: listed.instance.guid } },
          app: listed.binding.app && { data: { guid: listed.binding.app.guid } },
        }),
      })),
      ...included<Included<'ServiceCredentialBindingPage'>>(wanted, {
        app: () => ({ apps: appsOf(items) }),
        service_instance: () => ({ service_instances: includedInstances(call, items) }),
      }),
    };
    return jsonAnswer(body);
  }

  function listRouteBindings(call: Call): Response {
    const shown = read(call, { isRoute: true, lists: OF_ROUTES, orders: TIMES });
    if (shown instanceof Response) return shown;
    const { items, pagination, wanted } = shown;
    const routes = items.flatMap(({ binding }) => binding.route ?? []);
    const body: Schemas['ServiceRouteBindingPage'] = {
      pagination,
      resources: items.map((listed) => ({
        ...common(listed, `${base(call)}/v3/service_route_bindings`),
        route_service_url: listed.instance.routeServiceUrl ?? null,
        relationships: omitUndefined({
          service_instance: { data: { guid: listed.instance.guid } },
          route: listed.binding.route && { data: { guid: listed.binding.route.guid } },
        }),
      })),
      ...included<Included<'ServiceRouteBindingPage'>>(wanted, {
        route: () => ({ routes: [...new Map(routes.map((route) => [route.guid, { ...route }])).values()] }),
        service_instance: () => ({ service_instances: includedInstances(call, items) }),
      }),
    };
    return jsonAnswer(body);
  }

  return [
    {
      operationId: 'listServiceCredentialBindings',
      method: 'GET',
      path: '/v3/service_credential_bindings',
      role: 'other',
      handle: listCredentialBindings,
    },
    {
      operationId: 'listServiceRouteBindings',
      method: 'GET',
      path: '/v3/service_route_bindings',
      role: 'other',
      handle: listRouteBindings,
    },
  ];
}

/** The fields that both kinds of bindings have. `path` is that of the list. */
function common({ binding, createdAt: at }: Listed, path: string) {
  const state = binding.isBusy ? 'in progress' : 'succeeded';
  return {
    guid: binding.guid,
    created_at: at,
    updated_at: at,
    last_operation: { type: 'create', state, description: null, created_at: at, updated_at: at },
    metadata: { labels: { ...binding.labels }, annotations: {} },
    links: { self: { href: `${path}/${binding.guid}` } },
  };
}

function appsOf(shown: readonly Listed[]): Schemas['IncludedApp'][] {
  const apps = shown.flatMap(({ binding: { app }, instance }): Schemas['IncludedApp'][] => {
    if (!app) return [];
    const { guid, name, state = 'STARTED', spaceGuid = spaceOf(instance).guid } = app;
    return [{ guid, name, state, relationships: { space: { data: { guid: spaceGuid } } } }];
  });
  return [...new Map(apps.map((app) => [app.guid, app])).values()];
}

function included<Part extends object>(
  wanted: readonly string[],
  parts: Readonly<Record<string, () => Part>>,
): { included?: Part } {
  if (wanted.length === 0) return {};
  return { included: Object.assign({}, ...wanted.map((word) => parts[word]?.() ?? {})) };
}

/** One function for each filter of the query, or a text that says what is wrong. */
function readFilters(query: URLSearchParams, lists: typeof COMMON): (Filter | string)[] {
  return [...query].flatMap(([name, value]): (Filter | string)[] => {
    const { parameter, key } = readName(name);
    const factOf = Object.hasOwn(lists, parameter) ? lists[parameter] : undefined;
    if (factOf) {
      const wanted = listOf(value);
      return [(listed) => wanted.includes(factOf(listed) ?? '')];
    }
    if (parameter === 'label_selector') {
      const test = readLabelSelector(value);
      return [typeof test === 'string' ? test : ({ binding }) => test(binding.labels ?? {})];
    }
    if (parameter === 'created_ats' || parameter === 'updated_ats') {
      const test = readTimeFilter(key, value);
      return [typeof test === 'string' ? `${parameter} ${test}` : ({ createdAt: at }) => test(Date.parse(at))];
    }
    return [];
  });
}
