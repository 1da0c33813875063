import { isFields, textOf } from '../http/error-body.ts';
import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { IncludedSchema, ServiceInstanceSchema } from './schemas.ts';
import { metadataOf, textList, textMap } from './text-fields.ts';
import { toOptionalDate } from './times.ts';

export interface LastOperation {
  /** `create`, `update`, `delete`; how a restore shows here is not documented. */
  readonly type?: string;
  /** `initial`, `in progress` (with a space), `succeeded`, `failed` (CF-24). */
  readonly state?: string;
  readonly description?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** A space, an organization, a plan, an offering. */
export interface NamedResource {
  readonly guid: string;
  /** Absent if the server does not send it. */
  readonly name?: string;
}

/** What a service broker offers, such as `postgres` or `p.mysql`. */
export interface ServiceOffering extends NamedResource {
  readonly description?: string;
  readonly documentationUrl?: string;
  readonly tags?: readonly string[];
}

/**
 * A service instance. What the server does not send is absent.
 * @see https://v3-apidocs.cloudfoundry.org/#the-service-instance-object
 */
export interface ServiceInstance {
  readonly guid: string;
  /** Unique in its space only. */
  readonly name: string;
  /** Only a managed instance has a plan, a broker and backups. */
  readonly type?: 'managed' | 'user-provided' | (string & {});
  /** By these, apps find the instance in `VCAP_SERVICES`. */
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  /** It may have been started by somebody else (CF-25). */
  readonly lastOperation?: LastOperation;
  readonly space?: NamedResource;
  readonly organization?: NamedResource;
  /** Of managed instances only. */
  readonly plan?: NamedResource;
  /** The offering of the plan, of managed instances only. */
  readonly offering?: ServiceOffering;
  /** The broker of the offering, of managed instances only. */
  readonly broker?: NamedResource;
  /** Of managed instances only. */
  readonly dashboardUrl?: string;
  /** The version of the instance, of managed instances only. Compare it with that of the plan. */
  readonly maintenanceInfo?: { readonly version?: string; readonly description?: string };
  /** Whether the plan has a newer version, of managed instances only. */
  readonly upgradeAvailable?: boolean;
  /** What the broker has said about the instance, of managed instances only. */
  readonly brokerProvidedMetadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly attributes?: Readonly<Record<string, string>>;
  };
  /** Where the logs of bound apps are sent, of user-provided instances only. It may hold a credential. */
  readonly syslogDrainUrl?: string;
  /** Where requests of bound routes are sent, of user-provided instances only. It may hold a credential. */
  readonly routeServiceUrl?: string;
}

type Included = z.Output<typeof IncludedSchema>;
type IncludedResource = NonNullable<NonNullable<Included>['spaces']>[number];
type Resources = readonly IncludedResource[] | null | undefined;
type WireInstance = z.Output<typeof ServiceInstanceSchema>;

/** @param included the related resources in the answer, which `fields` requests */
export function toServiceInstance(
  instance: z.Output<typeof ServiceInstanceSchema>,
  included: Included = instance.included,
): ServiceInstance {
  const lastOperation = toLastOperation(instance.last_operation);
  const { relationships } = instance;
  const space = resourceOf(relationships?.space?.data?.guid, included?.spaces);
  const organization = space && parentOf(space, 'organization', included?.spaces, included?.organizations);
  const plan = resourceOf(relationships?.service_plan?.data?.guid, included?.service_plans);
  const offering = plan && parentOf(plan, 'service_offering', included?.service_plans, included?.service_offerings);
  const offered = offering && findIncluded(offering.guid, included?.service_offerings);
  const broker =
    offering && parentOf(offering, 'service_broker', included?.service_offerings, included?.service_brokers);
  return {
    guid: instance.guid,
    name: instance.name,
    ...omitEmpty({ type: instance.type }),
    ...times(instance),
    ...metadataOf(instance.metadata),
    ...describe(instance),
    ...omitUndefined({ lastOperation, space, organization, plan, broker }),
    ...(offering && { offering: { ...offering, ...describeOffering(offered) } }),
  };
}

/** The fields that only describe an instance. */
function describe(instance: WireInstance) {
  const { maintenance_info: info, broker_provided_metadata: provided, upgrade_available: upgrade } = instance;
  return omitUndefined({
    tags: textList(instance.tags),
    dashboardUrl: textOf(instance.dashboard_url),
    maintenanceInfo: isFields(info)
      ? omitUndefined({ version: textOf(info.version), description: textOf(info.description) })
      : undefined,
    upgradeAvailable: typeof upgrade === 'boolean' ? upgrade : undefined,
    brokerProvidedMetadata: isFields(provided)
      ? omitUndefined({ labels: textMap(provided.labels), attributes: textMap(provided.attributes) })
      : undefined,
    syslogDrainUrl: textOf(instance.syslog_drain_url),
    routeServiceUrl: textOf(instance.route_service_url),
  });
}

function describeOffering(offering: IncludedResource | undefined) {
  return omitUndefined({
    description: textOf(offering?.description),
    documentationUrl: textOf(offering?.documentation_url),
    tags: textList(offering?.tags),
  });
}

type WireLastOperation = NonNullable<WireInstance['last_operation']>;

/** undefined if there is none: the server then sends `{}`. */
export function toLastOperation(last: WireLastOperation | null | undefined): LastOperation | undefined {
  if (!last || Object.keys(last).length === 0) return undefined;
  const { type, state, description } = last;
  return { ...omitEmpty({ type, state, description }), ...times(last) };
}

function resourceOf(guid: string | null | undefined, all: Resources): NamedResource | undefined {
  if (!guid) return undefined;
  const name = findIncluded(guid, all)?.name;
  return { guid, ...omitEmpty({ name }) };
}

function findIncluded(guid: string, all: Resources): IncludedResource | undefined {
  return all?.find((each) => each.guid === guid);
}

/** In a list, each resource names its parent. The answer for one instance does not, but includes only one parent. */
function parentOf(
  { guid }: NamedResource,
  relation: 'organization' | 'service_offering' | 'service_broker',
  children: Resources,
  parents: Resources,
): NamedResource | undefined {
  const told = findIncluded(guid, children)?.relationships?.[relation]?.data?.guid;
  const only = parents?.length === 1 ? parents[0]?.guid : undefined;
  return resourceOf(told ?? only, parents);
}

/** When a resource was created and last changed. */
export function times(source: { created_at?: string | null | undefined; updated_at?: string | null | undefined }) {
  const createdAt = toOptionalDate(source.created_at);
  const updatedAt = toOptionalDate(source.updated_at);
  return omitUndefined({ createdAt, updatedAt });
}
