import type * as z from '../schema/schema.ts';
import type { ServiceInstanceSchema } from './schemas.ts';
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

export interface ServiceInstance {
  readonly guid: string;
  readonly name: string;
  /** `managed` or `user-provided`. */
  readonly type?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  /** The last writer's, who may be somebody else (CF-25). */
  readonly lastOperation?: LastOperation;
}

export function toServiceInstance(instance: z.Output<typeof ServiceInstanceSchema>): ServiceInstance {
  const last = instance.last_operation;
  const hasLast = last !== null && last !== undefined && Object.keys(last).length > 0;
  return {
    guid: instance.guid,
    name: instance.name,
    ...(instance.type ? { type: instance.type } : {}),
    ...times(instance),
    ...(hasLast
      ? {
          lastOperation: {
            ...(last.type ? { type: last.type } : {}),
            ...(last.state ? { state: last.state } : {}),
            ...(last.description ? { description: last.description } : {}),
            ...times(last),
          },
        }
      : {}),
  };
}

function times(source: { created_at?: string | null | undefined; updated_at?: string | null | undefined }) {
  const createdAt = toOptionalDate(source.created_at);
  const updatedAt = toOptionalDate(source.updated_at);
  return { ...(createdAt ? { createdAt } : {}), ...(updatedAt ? { updatedAt } : {}) };
}
