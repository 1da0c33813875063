import type { operations } from '../../generated/cloud-foundry.d.ts';
import { toDate } from '../client/dates.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, optionalWhole } from '../errors/require.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { requireOneOf } from './call-options.ts';
import { toWireTime } from './times.ts';

/** Bounds of a time. The server compares whole seconds. A text needs a zone. */
export interface TimeBounds {
  readonly lt?: Date | string | undefined;
  readonly lte?: Date | string | undefined;
  readonly gt?: Date | string | undefined;
  readonly gte?: Date | string | undefined;
}

/**
 * Filters of the list. An instance must match all of them, and one of the values of each. An empty list is refused,
 * because the server would ignore it and list everything.
 * @see https://v3-apidocs.cloudfoundry.org/#list-service-instances
 */
export interface ServiceInstanceFilter {
  /** Case-sensitive. Names are unique per space only. */
  readonly names?: readonly string[] | undefined;
  readonly guids?: readonly string[] | undefined;
  readonly type?: 'managed' | 'user-provided' | undefined;
  readonly spaceGuids?: readonly string[] | undefined;
  readonly organizationGuids?: readonly string[] | undefined;
  readonly servicePlanGuids?: readonly string[] | undefined;
  /** Not case-sensitive. */
  readonly servicePlanNames?: readonly string[] | undefined;
  /** A label selector, such as `env=production,!temporary`. A comma means "and". */
  readonly labelSelector?: string | undefined;
  /** Bounds, or a list of times of which one must be equal. */
  readonly createdAt?: TimeBounds | readonly (Date | string)[] | undefined;
  /** Bounds, or a list of times of which one must be equal. */
  readonly updatedAt?: TimeBounds | readonly (Date | string)[] | undefined;
  /** The order of the list. A minus means descending. @default 'created_at' */
  readonly orderBy?: 'created_at' | '-created_at' | 'updated_at' | '-updated_at' | 'name' | '-name' | undefined;
  /** Instances per page, 1 to 5000. @default 50, the default of the server */
  readonly perPage?: number | undefined;
}

export type InstanceQuery = NonNullable<operations['listServiceInstances']['parameters']['query']>;

const LISTS = {
  names: 'names',
  guids: 'guids',
  spaceGuids: 'space_guids',
  organizationGuids: 'organization_guids',
  servicePlanGuids: 'service_plan_guids',
  servicePlanNames: 'service_plan_names',
} as const;
const TIMES = { createdAt: 'created_ats', updatedAt: 'updated_ats' } as const;
const TYPES = ['managed', 'user-provided'];
const ORDERS = ['created_at', '-created_at', 'updated_at', '-updated_at', 'name', '-name'];
const KNOWN = [...Object.keys(LISTS), ...Object.keys(TIMES), 'type', 'labelSelector', 'orderBy', 'perPage'];

/** @throws {ConfigurationError} names the filter that is unknown, empty or wrong */
export function toInstanceQuery(filter: ServiceInstanceFilter): InstanceQuery {
  if (typeof filter !== 'object' || filter === null) throw new ConfigurationError('filter', 'must be an object.');
  refuseUnknown(filter, KNOWN);
  const { type, labelSelector, orderBy, perPage } = filter;
  optionalWhole('perPage', perPage, 1, 5_000);
  requireOneOf('type', type, TYPES);
  requireOneOf('orderBy', orderBy, ORDERS);
  return {
    ...mapped(LISTS, filter, toList),
    ...mapped(TIMES, filter, toTimes),
    ...omitUndefined({ type, label_selector: optionalText('labelSelector', labelSelector) }),
    ...omitUndefined({ order_by: orderBy, per_page: perPage }),
  };
}

/** Maps the fields of the filter that are set to the names of the API. */
function mapped<Field extends keyof ServiceInstanceFilter, Sent>(
  names: Readonly<Record<Field, string>>,
  filter: ServiceInstanceFilter,
  toSent: (field: string, value: NonNullable<ServiceInstanceFilter[Field]>) => Sent,
): Readonly<Record<string, Sent>> {
  const entries = Object.entries(names) as [Field, string][];
  return Object.fromEntries(
    entries.flatMap(([field, name]) => {
      const value = filter[field];
      return value === undefined ? [] : [[name, toSent(field, value as NonNullable<typeof value>)]];
    }),
  );
}

function toList(field: string, values: readonly string[]): string[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw new ConfigurationError(field, 'must be a list of at least one text; leave it out for no filter.');
  }
  return values.map((value) => toListItem(field, value));
}

/**
 * Escapes one item of a list. The server splits a list at commas, removes the white space after them and unescapes each
 * item (https://v3-apidocs.cloudfoundry.org/#query-parameters).
 * @throws {ConfigurationError} it is no text, is empty, or has broken Unicode, which cannot be percent-encoded
 */
export function toListItem(field: string, value: unknown): string {
  if (typeof value === 'string' && /^\P{Cs}+$/u.test(value)) {
    return value.replace(/[%,]|^\s+/g, (found) => encodeURIComponent(found));
  }
  throw new ConfigurationError(field, 'must hold only texts that are not empty and have no broken Unicode.');
}

const SECOND_MS = 1_000;

function toTimes(field: string, times: TimeBounds | readonly (Date | string)[]): TimeBounds | string[] {
  return isList(times) ? toTimeList(field, times) : toTimeBounds(field, times);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function toTimeList(field: string, times: readonly unknown[]): string[] {
  if (times.length === 0) throw new ConfigurationError(field, 'must be a list of at least one time.');
  return times.map((time) => {
    const date = toDate(field, time);
    // Times of the API have no fractions of a second, so none is equal to such a time.
    if (date.getTime() % SECOND_MS !== 0) throw new ConfigurationError(field, 'must be a list of whole seconds.');
    return toWireTime(date);
  });
}

function toTimeBounds(field: string, bounds: TimeBounds): TimeBounds {
  if (typeof bounds !== 'object' || bounds === null)
    throw new ConfigurationError(field, 'must be an object of bounds, or a list of times.');
  refuseUnknown(bounds, ['lt', 'lte', 'gt', 'gte']);
  const told = Object.entries(bounds).filter(([, value]) => value !== undefined);
  if (told.length === 0) throw new ConfigurationError(field, 'must have one of lt, lte, gt and gte.');
  return Object.fromEntries(
    told.map(([bound, value]) => {
      const ms = toDate(`${field}.${bound}`, value).getTime();
      // Times of the API have no fractions of a second, so the bound is rounded to the second with the same meaning.
      const round = bound === 'lt' || bound === 'gte' ? Math.ceil : Math.floor;
      return [bound, toWireTime(new Date(round(ms / SECOND_MS) * SECOND_MS))];
    }),
  );
}
