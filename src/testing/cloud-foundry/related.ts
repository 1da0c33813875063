import type { components } from '../../../generated/cloud-foundry.d.ts';
import { type CloudFoundryInstance, defaultOrganization, defaultPlan, defaultSpace, type Named } from './instances.ts';

type Included = components['schemas']['Included'];

const OFFERING: Named = { guid: '2f0c2c8e-1a43-4d7e-8f0f-5a3a0c9d6b21', name: 'postgres' };
const BROKER: Named = { guid: '9d1b7f44-6e5b-4c0a-8f7d-2b3c4d5e6f70', name: 'on-demand-broker' };

export const spaceOf = (instance: CloudFoundryInstance): Named => instance.space ?? defaultSpace;
export const organizationOf = (instance: CloudFoundryInstance): Named => instance.organization ?? defaultOrganization;
export const planOf = (instance: CloudFoundryInstance): Named => instance.plan ?? defaultPlan;

const RELATED: Readonly<Record<string, readonly [keyof Included, (instance: CloudFoundryInstance) => Named]>> = {
  'fields[space]': ['spaces', spaceOf],
  'fields[space.organization]': ['organizations', organizationOf],
  'fields[service_plan]': ['service_plans', planOf],
  'fields[service_plan.service_offering]': ['service_offerings', () => OFFERING],
  'fields[service_plan.service_offering.service_broker]': ['service_brokers', () => BROKER],
};

export const relatedParameters = Object.keys(RELATED);

/** `included`, as the `fields[...]` of the query ask for it: guids and names. */
export function include(query: URLSearchParams, instances: readonly CloudFoundryInstance[]): { included?: Included } {
  const asked = Object.entries(RELATED).filter(([parameter]) => query.has(parameter));
  if (asked.length === 0) return {};
  const collections = asked.map(([parameter, [collection, related]]) => {
    const wanted = (query.get(parameter) ?? '').split(',');
    const unique = new Map(instances.map((instance) => [related(instance).guid, related(instance)]));
    return [collection, [...unique.values()].map((resource) => pick(resource, wanted))] as const;
  });
  return { included: Object.fromEntries(collections) };
}

function pick({ guid, name }: Named, wanted: readonly string[]): Partial<Named> {
  return { ...(wanted.includes('guid') ? { guid } : {}), ...(wanted.includes('name') ? { name } : {}) };
}
