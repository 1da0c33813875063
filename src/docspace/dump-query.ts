import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean } from '../errors/require.ts';

export interface BackupQuery {
  /**
   * true for backups of the whole server, on self-hosted servers only. @default false, backups of the portal
   */
  readonly dump?: boolean | undefined;
}

/** @throws {ConfigurationError} names the field that is wrong or unknown */
export function requireDump(query: BackupQuery): boolean {
  refuseUnknown(query, ['dump']);
  return query.dump === undefined ? false : requireBoolean('dump', query.dump);
}

/** `Dump` is sent only if it is true, because servers from before 2025 do not know it (DS-22, DS-27). */
export function dumpParams(dump: boolean): { readonly query: { readonly Dump?: boolean } } {
  return { query: dump ? { Dump: true } : {} };
}
