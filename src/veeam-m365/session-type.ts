import { ConfigurationError } from '../errors/configuration-error.ts';
import * as z from '../schema/schema.ts';

/** What a session shows: Exchange `vex`, OneDrive `veod`, SharePoint `vesp`, Teams `vet`. */
export type RestoreSessionType = 'vex' | 'veod' | 'vesp' | 'vet';

const TYPES: readonly unknown[] = ['vex', 'veod', 'vesp', 'vet'] satisfies RestoreSessionType[];

export const SessionTypeSchema = z.where(
  z.unknown(),
  (type) => TYPES.includes(type),
  'is no type of session',
) as z.SchemaOf<RestoreSessionType>;

/** Small or capital letters, as the versions of the API differ in that (VM-7). */
export function requireType(field: string, value: unknown): RestoreSessionType {
  const type = typeof value === 'string' ? value.toLowerCase() : '';
  if (TYPES.includes(type)) return type as RestoreSessionType;
  throw new ConfigurationError(
    field,
    `must be 'vex' (Exchange), 'veod' (OneDrive), 'vesp' (SharePoint) or 'vet' (Teams).`,
  );
}
