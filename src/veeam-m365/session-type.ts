import { ConfigurationError } from '../errors/configuration-error.ts';
import * as z from '../schema/schema.ts';

/** What a session shows: Exchange `vex`, OneDrive `veod`, SharePoint `vesp`, Teams `vet`. */
export type RestoreSessionType = 'vex' | 'veod' | 'vesp' | 'vet';

/** The type of a session to open: a product by its name, or by the vendor's word. */
export type ExploreType = RestoreSessionType | 'exchange' | 'onedrive' | 'sharepoint' | 'teams';

const PRODUCTS = new Map<string, RestoreSessionType>([
  ['exchange', 'vex'],
  ['onedrive', 'veod'],
  ['sharepoint', 'vesp'],
  ['teams', 'vet'],
]);

const TYPES: readonly unknown[] = ['vex', 'veod', 'vesp', 'vet'] satisfies RestoreSessionType[];

export const SessionTypeSchema = z.where(
  z.unknown(),
  (type) => TYPES.includes(type),
  'is no type of session',
) as z.SchemaOf<RestoreSessionType>;

/** Small or capital letters, as the versions of the API differ in that (VM-7). */
export function requireType(field: string, value: unknown): RestoreSessionType {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  const type = PRODUCTS.get(word) ?? word;
  if (TYPES.includes(type)) return type as RestoreSessionType;
  throw new ConfigurationError(
    field,
    `must be 'exchange' (or 'vex'), 'onedrive' ('veod'), 'sharepoint' ('vesp') or 'teams' ('vet').`,
  );
}
