import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { IncludedSchema, ServiceInstanceSchema } from './schemas.ts';
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

export interface ServiceInstance {
  readonly guid: string;
  /** Unique in its space only. */
  readonly name: string;
  /** `managed` or `user-provided`. */
  readonly type?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  /** It may have been started by somebody else (CF-25). */
  readonly lastOperation?: LastOperation;
  readonly space?: NamedResource;
  readonly organization?: NamedResource;
  /** Of managed instances only. */
  readonly plan?: NamedResource;
  /** The offering of the plan, of managed instances only. */
  readonly offering?: NamedResource;
}

type Included = z.Output<typeof IncludedSchema>;
type IncludedResource = NonNullable<NonNullable<Included>['spaces']>[number];

/** @param included the related resources in the answer, which `fields` requests */
export function toServiceInstance(
  instance: z.Output<typeof ServiceInstanceSchema>,
  included: Included = instance.included,
): ServiceInstance {
  const last = instance.last_operation;
  const lastOperation = last && Object.keys(last).length > 0 ? toLastOperation(last) : undefined;
  const { relationships } = instance;
  const space = resourceOf(relationships?.space?.data?.guid, included?.spaces);
  const organization = space && parentOf(space, 'organization', included?.spaces, included?.organizations);
  const plan = resourceOf(relationships?.service_plan?.data?.guid, included?.service_plans);
  const offering = plan && parentOf(plan, 'service_offering', included?.service_plans, included?.service_offerings);
  return {
    guid: instance.guid,
    name: instance.name,
    ...omitEmpty({ type: instance.type }),
    ...times(instance),
    ...omitUndefined({ lastOperation, space, organization, plan, offering }),
  };
}

type WireLastOperation = NonNullable<z.Output<typeof ServiceInstanceSchema>['last_operation']>;

function toLastOperation(last: WireLastOperation): LastOperation {
  const { type, state, description } = last;
  return { ...omitEmpty({ type, state, description }), ...times(last) };
}

function resourceOf(
  guid: string | null | undefined,
  all: readonly IncludedResource[] | null | undefined,
): NamedResource | undefined {
  if (!guid) return undefined;
  const name = all?.find((each) => each.guid === guid)?.name;
  return { guid, ...omitEmpty({ name }) };
}

/** In a list, each resource names its parent. The answer for one instance does not, but includes only one parent. */
function parentOf(
  { guid }: NamedResource,
  relation: 'organization' | 'service_offering',
  children: readonly IncludedResource[] | null | undefined,
  parents: readonly IncludedResource[] | null | undefined,
): NamedResource | undefined {
  const told = children?.find((each) => each.guid === guid)?.relationships?.[relation]?.data?.guid;
  const only = parents?.length === 1 ? parents[0]?.guid : undefined;
  return resourceOf(told ?? only, parents);
}

function times(source: { created_at?: string | null | undefined; updated_at?: string | null | undefined }) {
  const createdAt = toOptionalDate(source.created_at);
  const updatedAt = toOptionalDate(source.updated_at);
  return omitUndefined({ createdAt, updatedAt });
}
