import type { components } from '../../../generated/cloud-foundry.d.ts';
import {
  type CloudFoundryInstance,
  isManaged,
  type Named,
  offeringOf,
  organizationOf,
  planOf,
  spaceOf,
} from './instances.ts';
import { listOf, quoted, readName } from './query-values.ts';

type Included = components['schemas']['Included'];
type IncludedResource = components['schemas']['IncludedResources'][number];

interface Relation {
  readonly collection: keyof Included;
  /** User-provided instances have no plan and no offering. */
  readonly isOfPlan: boolean;
  of(instance: CloudFoundryInstance): Named;
  /** The relation that only the list shows, and its target. */
  readonly onward?: readonly [name: string, of: (instance: CloudFoundryInstance) => Named];
  readonly more?: Readonly<Record<string, string | readonly string[]>>;
}

const broker: Named = { guid: '9d1b7f44-6e5b-4c0a-8f7d-2b3c4d5e6f70', name: 'on-demand-broker' };

const RELATIONS: Readonly<Record<string, Relation>> = {
  space: { collection: 'spaces', isOfPlan: false, of: spaceOf, onward: ['organization', organizationOf] },
  'space.organization': { collection: 'organizations', isOfPlan: false, of: organizationOf },
  service_plan: { collection: 'service_plans', isOfPlan: true, of: planOf, onward: ['service_offering', offeringOf] },
  'service_plan.service_offering': {
    collection: 'service_offerings',
    isOfPlan: true,
    of: offeringOf,
    onward: ['service_broker', () => broker],
    more: { description: 'A database on demand', documentation_url: 'https://docs.example.org/on-demand', tags: [] },
  },
  'service_plan.service_offering.service_broker': { collection: 'service_brokers', isOfPlan: true, of: () => broker },
};

export interface RelatedRequest {
  readonly relation: Relation;
  readonly keys: readonly string[];
}

/** Reads the `fields[...]` of a query. Returns texts if they are wrong. Only the list accepts `relationships.*`. */
export function readFields(query: URLSearchParams, call: 'list' | 'get'): RelatedRequest[] | readonly string[] {
  const problems: string[] = [];
  const requests: RelatedRequest[] = [];
  for (const [name, value] of query) {
    const { parameter, key } = readName(name);
    if (parameter !== 'fields') continue;
    const relation = key !== undefined && Object.hasOwn(RELATIONS, key) ? RELATIONS[key] : undefined;
    if (key === undefined) problems.push('Fields must be an object');
    else if (!relation) problems.push(`Fields [${key}] valid resources are: ${quoted(Object.keys(RELATIONS))}`);
    else {
      const allowed = keysOf(relation, call);
      const keys = listOf(value);
      if (keys.every((each) => allowed.includes(each))) requests.push({ relation, keys });
      else problems.push(`Fields valid keys for '${key}' are: ${quoted(allowed)}`);
    }
  }
  return problems.length > 0 ? problems : requests;
}

function keysOf({ onward, more = {} }: Relation, call: 'list' | 'get'): string[] {
  const relationship = onward && call === 'list' ? [`relationships.${onward[0]}`] : [];
  return ['guid', 'name', ...Object.keys(more), ...relationship];
}

/** `included`, as the `fields[...]` of the query ask for it: each resource once. */
export function include(
  requests: readonly RelatedRequest[],
  instances: readonly CloudFoundryInstance[],
): { included?: Included } {
  if (requests.length === 0) return {};
  const collections = requests.map(({ relation, keys }) => {
    const owners = relation.isOfPlan ? instances.filter(isManaged) : instances;
    const unique = new Map(owners.map((owner) => [relation.of(owner).guid, owner]));
    return [relation.collection, [...unique.values()].map((owner) => pick(relation, keys, owner))] as const;
  });
  return { included: Object.fromEntries(collections) };
}

function pick(relation: Relation, keys: readonly string[], owner: CloudFoundryInstance): IncludedResource {
  const { onward, more = {} } = relation;
  const facts = Object.entries({ ...relation.of(owner), ...more }).filter(([key]) => keys.includes(key));
  if (!onward || !keys.includes(`relationships.${onward[0]}`)) return Object.fromEntries(facts);
  const { guid } = onward[1](owner);
  return { ...Object.fromEntries(facts), relationships: { [onward[0]]: { data: { guid } } } };
}
