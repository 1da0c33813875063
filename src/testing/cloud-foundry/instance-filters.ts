import { type CloudFoundryInstance, isManaged, organizationOf, planOf, spaceOf } from './instances.ts';
import { readLabelSelector } from './label-selector.ts';
import { listOf, quoted, readName } from './query-values.ts';
import { readTimeFilter } from './time-filter.ts';

/** An instance with its times in the API. */
export interface ListedInstance {
  readonly instance: CloudFoundryInstance;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type InstanceFilter = (listed: ListedInstance) => boolean;

/** Filters that are comma lists, and what each compares with; undefined matches nothing. */
const LISTS: Readonly<Record<string, (instance: CloudFoundryInstance) => string | undefined>> = {
  names: ({ name }) => name,
  guids: ({ guid }) => guid,
  space_guids: (instance) => spaceOf(instance).guid,
  organization_guids: (instance) => organizationOf(instance).guid,
  service_plan_guids: (instance) => (isManaged(instance) ? planOf(instance).guid : undefined),
  // Names of plans are compared without regard to case, names of instances with it.
  service_plan_names: (instance) => (isManaged(instance) ? planOf(instance).name.toLowerCase() : undefined),
};
const TYPES: readonly string[] = ['managed', 'user-provided'];

export const filterParameters = [...Object.keys(LISTS), 'type', 'label_selector', 'created_ats', 'updated_ats'];

/** Reads all filters of a query: one function for all, or the texts that say what is wrong. */
export function readFilters(query: URLSearchParams): InstanceFilter | readonly string[] {
  const read = [...query].flatMap(([name, value]): (InstanceFilter | string)[] => {
    const { parameter, key } = readName(name);
    return filterParameters.includes(parameter) ? [readFilter(parameter, key, value)] : [];
  });
  const problems = read.filter((filter) => typeof filter === 'string');
  if (problems.length > 0) return problems;
  const filters = read.filter((filter) => typeof filter !== 'string');
  return (listed) => filters.every((filter) => filter(listed));
}

function readFilter(parameter: string, key: string | undefined, value: string): InstanceFilter | string {
  switch (parameter) {
    case 'created_ats':
    case 'updated_ats': {
      const test = readTimeFilter(key, value);
      if (typeof test === 'string') return `${parameter === 'created_ats' ? 'Created' : 'Updated'} ats ${test}`;
      const isCreation = parameter === 'created_ats';
      return ({ createdAt, updatedAt }) => test(Date.parse(isCreation ? createdAt : updatedAt));
    }
    case 'label_selector': {
      const test = readLabelSelector(value);
      return typeof test === 'string' ? test : ({ instance }) => test(instance.labels ?? {});
    }
    case 'type':
      if (!TYPES.includes(value)) return `Type must be one of ${quoted(TYPES)}`;
      return ({ instance }) => (instance.type ?? 'managed') === value;
    default:
      return listFilter(parameter, value);
  }
}

function listFilter(parameter: string, value: string): InstanceFilter {
  const read = LISTS[parameter];
  const items = listOf(value);
  const wanted = parameter === 'service_plan_names' ? items.map((item) => item.toLowerCase()) : items;
  return ({ instance }) => {
    const fact = read?.(instance);
    return fact !== undefined && wanted.includes(fact);
  };
}
