import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { isSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { Backup } from './backup.ts';
import { isOfBefore, readBaseline } from './baseline.ts';
import { newSince, readBackups } from './created-backup.ts';
import type { JobFacts } from './facts.ts';
import { instanceRequest, lastOperationIn } from './read-instance.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import type { LastOperation } from './service-instance.ts';
import { isSince } from './times.ts';

const ADVICE =
  'Check the last operation of the service instance until it has ended (`cf service NAME`), and check its data, before anyone restores again.';
type Work = 'restore' | 'backup';

/** Without a baseline, the difference between the clocks is not known. It is assumed to be less than this. */
const MOST_SKEW_MS = 3_600_000;

/**
 * Asks the Cloud Controller about a lost start. It has only `last_operation`, which names no job, may belong to
 * somebody else (CF-25), and may not show restores at all. So the result is evidence, never an operation.
 */
export async function investigateLastOperation(
  system: System,
  lost: LostStart<JobFacts>,
  options: ReconcileOptions,
  work: Work = 'restore',
): Promise<Investigation<JobFacts>> {
  const guid = lost.facts.serviceInstanceGuid;
  if (!isSegment(guid)) return unknown('The guid of the service instance is not known, so nothing was asked.');
  try {
    const last = lastOperationIn(await system.read(instanceRequest(guid), ServiceInstanceSchema, options), guid);
    return judge(last, lost, system.transport.serverAheadMs, work);
  } catch (error) {
    return unknown(`The instance could not be read: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

/**
 * Asks the Cloud Controller about a lost backup: by its last operation, and by the backups that are new. Both may belong
 * to somebody else.
 */
export async function investigateBackup(
  system: System,
  lost: LostStart<JobFacts>,
  options: ReconcileOptions,
): Promise<Investigation<JobFacts>> {
  const told = await investigateLastOperation(system, lost, options, 'backup');
  const { baseline: known, facts, startedAt } = lost;
  if (told.outcome !== 'unknown' || !isTexts(known) || !isSegment(facts.serviceInstanceGuid)) return told;
  const start = new Date(startedAt.getTime() + (system.transport.serverAheadMs ?? 0));
  const evidence = await readBackups(system, facts.serviceInstanceGuid, options).then(
    (backups) => describeNew(newSince(backups, known, start)),
    (error: unknown) => `The backups could not be read: ${error instanceof Error ? error.message : 'no reason given'}`,
  );
  const { looksNotStarted, ...rest } = told;
  return { ...rest, evidence: [...told.evidence, evidence], advice: BACKUP_ADVICE };
}

const BACKUP_ADVICE = 'List the backups again later, before you make another one.';

function describeNew(added: readonly Backup[]): string {
  if (added.length === 0) return 'No backup is new since the start. It may still be in the making.';
  const ids = added.map(({ id, createdAt }) => `${id} of ${createdAt?.toISOString() ?? 'an unknown time'}`);
  return `New since the start: ${ids.join(', ')}; it may be this backup, or that of somebody else.`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** All times are compared by the server's clock, because our clock may be off by minutes. */
function judge(
  last: LastOperation | undefined,
  { startedAt, baseline }: LostStart<JobFacts>,
  serverAheadMs: number | undefined,
  work: Work,
): Investigation<JobFacts> {
  const beganAt = last?.createdAt ?? last?.updatedAt;
  if (!last || !beganAt) {
    return unknown(`The instance has no last operation; how a ${work} shows there is not documented.`);
  }
  const before = readBaseline(baseline);
  const aheadMs = before?.serverAheadMs ?? serverAheadMs;
  const start = new Date(startedAt.getTime() + (aheadMs ?? 0));
  const what = `last operation: ${last.type ?? 'no type'}, ${last.state ?? 'no state'}, ${beganAt.toISOString()}`;
  const since = `the start at ${start.toISOString()}${aheadMs === undefined ? '' : ' by the clock of the server'}`;
  if (before ? isOfBefore(last, before) : !isSince(last.updatedAt ?? beganAt, start, MOST_SKEW_MS)) {
    return unknown(`${what}, which is older than ${since}; a ${work} may not show there.`, true);
  }
  if (isSince(beganAt, start)) {
    const isNew = before ? ', was not there before it' : '';
    return unknown(`${what}, which is not older than ${since}${isNew}; it may be this ${work}.`);
  }
  const caveat = before
    ? `and has changed since then; it may be this ${work}.`
    : 'as far as the clocks can be trusted.';
  return unknown(`${what}, which is older than ${since}, ${caveat}`);
}

function unknown(evidence: string, looksNotStarted = false): Investigation<JobFacts> {
  const seen = omitUndefined({ looksNotStarted: looksNotStarted || undefined });
  return { outcome: 'unknown', evidence: [evidence], advice: ADVICE, ...seen };
}
