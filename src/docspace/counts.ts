import type { CallOptions } from '../client/client-options.ts';
import { toDate } from '../client/dates.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean } from '../errors/require.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { checkShape } from './envelope.ts';
import { readCall } from './read-call.ts';
import { CountSchema, CountsSchema } from './schemas.ts';
import { request } from './traits.ts';

export interface BackupPeriodQuery {
  /** Begin of the period. A text needs a zone. @default the begin of the current month, UTC */
  readonly from?: Date | string | undefined;
  /** End of the period. @default now */
  readonly to?: Date | string | undefined;
}

export interface BackupCountQuery extends BackupPeriodQuery {
  /** Counts the paid backups instead of the free ones. @default false */
  readonly paid?: boolean | undefined;
}

export interface BackupCounts {
  readonly free: number;
  readonly paid: number;
}

/** @throws {ConfigurationError} names the field that is wrong */
export async function countBackups(system: System, query: BackupCountQuery, options: CallOptions): Promise<number> {
  refuseUnknown(query, ['from', 'to', 'paid']);
  const paid = query.paid === undefined ? undefined : requireBoolean('paid', query.paid);
  return count(system, { ...periodOf(query), ...omitUndefined({ paid }) }, options);
}

/**
 * Counts both at once, which servers before 3.8 cannot: they are asked twice.
 * @throws {ConfigurationError} names the field that is wrong
 */
export async function countByPaid(
  system: System,
  query: BackupPeriodQuery,
  options: CallOptions,
): Promise<BackupCounts> {
  refuseUnknown(query, ['from', 'to']);
  const period = periodOf(query);
  try {
    const both = request('get', '/api/2.0/backup/getbackupscountbypaid', { params: { query: period } });
    const { free, paid } = checkShape('The numbers', CountsSchema, await readCall(system, both, options));
    return { free, paid };
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
  }
  const free = await count(system, { ...period, paid: false }, options);
  return { free, paid: await count(system, { ...period, paid: true }, options) };
}

interface Period {
  readonly from?: string;
  readonly to?: string;
}

function periodOf(query: BackupPeriodQuery): Period {
  const from = query.from === undefined ? undefined : toDate('from', query.from);
  const to = query.to === undefined ? undefined : toDate('to', query.to);
  if (from && to && from > to) throw new ConfigurationError('from', 'must not be after `to`.');
  return omitUndefined({ from: from?.toISOString(), to: to?.toISOString() });
}

async function count(
  system: System,
  query: Period & { readonly paid?: boolean },
  options: CallOptions,
): Promise<number> {
  const read = request('get', '/api/2.0/backup/getbackupscount', { params: { query } });
  return checkShape('The number', CountSchema, await readCall(system, read, options));
}
