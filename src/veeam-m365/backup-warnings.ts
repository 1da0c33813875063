import type { Warning } from '../operation/status.ts';
import type * as z from '../schema/schema.ts';
import { isSince } from './api-version.ts';
import type { Organization } from './organization.ts';
import { toOrganization } from './organization.ts';
import { listed } from './pages.ts';
import type { RestorePoint } from './restore-point.ts';
import { toRestorePoint } from './restore-point.ts';
import { LicenseSchema, OrganizationSchema, OwnOrganizationSchema, RestorePointSchema } from './schemas.ts';
import type { SessionFacts } from './session-facts.ts';
import type { RestoreSessionType } from './session-type.ts';
import { requestsSince } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

const TIMEOUT_MS = 10_000;
const ONE_LONG_PAGE = 1_000;
const PRODUCTS = { vex: 'Exchange', veod: 'OneDrive', vesp: 'SharePoint', vet: 'Teams' } as const;
const COVERED = { vex: 'isExchange', veod: 'isOneDrive', vesp: 'isSharePoint', vet: 'isTeams' } as const;
// OneDrive is a part of SharePoint for an organization.
const PROTECTED = {
  vex: 'isExchangeOnline',
  veod: 'isSharePointOnline',
  vesp: 'isSharePointOnline',
  vet: 'isTeamsOnline',
} as const;

/**
 * What the server knows about the backups and is worth a warning before a session is opened: the server itself opens a session
 * of any moment without a word (VM-9). What cannot be read warns of nothing, and nothing is refused.
 */
export async function backupWarnings(
  system: VeeamSystem,
  facts: SessionFacts,
  signal: AbortSignal | undefined,
): Promise<readonly Warning[]> {
  const quietly = async (read: Promise<readonly Warning[]>) => {
    try {
      return await read;
    } catch {
      signal?.throwIfAborted();
      return [];
    }
  };
  const all = await Promise.all([quietly(ofLicence(system, signal)), quietly(ofBackups(system, facts, signal))]);
  return all.flat();
}

async function ofLicence(system: VeeamSystem, signal: AbortSignal | undefined): Promise<readonly Warning[]> {
  const { status } = await read(system, system.dialect.getLicense(), LicenseSchema, signal);
  if (status?.toLowerCase() !== 'expired') return [];
  return [
    {
      code: 'licence-expired',
      message: 'The licence of the server has expired. What that prevents is not documented.',
    },
  ];
}

async function ofBackups(
  system: VeeamSystem,
  { type, dateTime, organizationId, jobId, login }: SessionFacts,
  signal: AbortSignal | undefined,
): Promise<readonly Warning[]> {
  if (type === undefined || dateTime === undefined) return [];
  const at = new Date(dateTime);
  if (organizationId !== undefined) {
    const request = system.dialect.getOrganization(organizationId);
    return ofOrganization(toOrganization(await read(system, request, OrganizationSchema, signal)), type, at);
  }
  if (login === 'tenant') {
    const request = system.dialect.getOwnOrganization();
    return ofOrganization(toOrganization(await read(system, request, OwnOrganizationSchema, signal)), type, at);
  }
  // v5 documents no list of restore points.
  if (jobId === undefined || !isSince(system.dialect.version, 'v6')) return [];
  return ofJob(await pointsOf(system, jobId, signal), type, at);
}

function ofOrganization(organization: Organization, type: RestoreSessionType, at: Date): readonly Warning[] {
  const { isBackedUp, firstBackupTime, lastBackupTime } = organization;
  if (isBackedUp === false) return [NEVER];
  return [
    ...outside(at, firstBackupTime, lastBackupTime),
    ...(organization[PROTECTED[type]] === false ? [notCovered(type, 'The organization is set up without it.')] : []),
  ];
}

function ofJob(points: readonly RestorePoint[], type: RestoreSessionType, at: Date): readonly Warning[] {
  const dated = points
    .flatMap((point) => (point.createdAt ? [{ ...point, at: point.createdAt.getTime() }] : []))
    .sort((one, other) => one.at - other.at);
  const [first, last] = [dated.at(0), dated.at(-1)];
  if (!first || !last) return points.length === 0 ? [NEVER] : [];
  const shown = dated.findLast((point) => point.at <= at.getTime());
  return [
    ...outside(at, new Date(first.at), new Date(last.at)),
    ...(shown?.[COVERED[type]] === false ? [notCovered(type, 'The backup of that moment has none of it.')] : []),
  ];
}

/** The codes that say already that the session is empty. */
export const SAY_EMPTY: readonly string[] = ['never-backed-up', 'before-first-backup'];

const NEVER: Warning = { code: 'never-backed-up', message: 'There is no backup, so the session is empty.' };

function outside(at: Date, first: Date | undefined, last: Date | undefined): readonly Warning[] {
  if (first && at < first) {
    const message = `The moment lies before the first backup of ${first.toISOString()}, so the session is empty.`;
    return [{ code: 'before-first-backup', message }];
  }
  if (last && at > last) {
    const message = `The moment lies after the last backup, so the session shows that of ${last.toISOString()}.`;
    return [{ code: 'after-last-backup', message }];
  }
  return [];
}

function notCovered(type: RestoreSessionType, why: string): Warning {
  return { code: 'workload-not-covered', message: `${PRODUCTS[type]} seems not to be backed up. ${why}` };
}

async function pointsOf(
  system: VeeamSystem,
  jobId: string,
  signal: AbortSignal | undefined,
): Promise<readonly RestorePoint[]> {
  const { version } = system.dialect;
  const request = requestsSince(version, { since: 'v6', what: 'restorePoints' });
  return listed({
    system,
    send: (page) =>
      request('get', '/RestorePoints', { params: { query: { jobId, ...(isSince(version, 'v7') ? page : {}) } } }),
    schema: RestorePointSchema,
    toItem: toRestorePoint,
    mode: 'poll',
    options: { ...(signal ? { signal } : {}), requestTimeoutMs: TIMEOUT_MS, limit: ONE_LONG_PAGE },
  }).toArray();
}

async function read<S extends z.Schema>(
  system: VeeamSystem,
  request: Parameters<VeeamSystem['poll']>[0],
  schema: S,
  signal: AbortSignal | undefined,
): Promise<z.Output<S>> {
  const options = { mode: 'poll', signal, requestTimeoutMs: TIMEOUT_MS } as const;
  return system.parse(schema, await system.transport.send(request, options));
}
