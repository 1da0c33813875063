import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { isSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { isOfBefore, readBaseline } from './baseline.ts';
import type { JobFacts } from './facts.ts';
import { instanceRequest, lastOperationIn } from './read-instance.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import type { LastOperation } from './service-instance.ts';
import { isSince } from './times.ts';

const ADVICE =
  'Check the last operation of the service instance until it has ended (`cf service NAME`), and check its data, before anyone restores again.';
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
): Promise<Investigation<JobFacts>> {
  const guid = lost.facts.serviceInstanceGuid;
  if (!isSegment(guid)) return unknown('The guid of the service instance is not known, so nothing was asked.');
  try {
    const last = lastOperationIn(await system.read(instanceRequest(guid), ServiceInstanceSchema, options), guid);
    return judge(last, lost, system.transport.serverAheadMs);
  } catch (error) {
    return unknown(`The instance could not be read: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

/** All times are compared by the server's clock, because our clock may be off by minutes. */
function judge(
  last: LastOperation | undefined,
  { startedAt, baseline }: LostStart<JobFacts>,
  serverAheadMs: number | undefined,
): Investigation<JobFacts> {
  const beganAt = last?.createdAt ?? last?.updatedAt;
  if (!last || !beganAt) {
    return unknown('The instance has no last operation; how a restore shows there is not documented.');
  }
  const before = readBaseline(baseline);
  const aheadMs = before?.serverAheadMs ?? serverAheadMs;
  const start = new Date(startedAt.getTime() + (aheadMs ?? 0));
  const what = `last operation: ${last.type ?? 'no type'}, ${last.state ?? 'no state'}, ${beganAt.toISOString()}`;
  const since = `the start at ${start.toISOString()}${aheadMs === undefined ? '' : ' by the clock of the server'}`;
  if (before ? isOfBefore(last, before) : !isSince(last.updatedAt ?? beganAt, start, MOST_SKEW_MS)) {
    return unknown(`${what}, which is older than ${since}; a restore may not show there.`, true);
  }
  if (isSince(beganAt, start)) {
    const isNew = before ? ', was not there before it' : '';
    return unknown(`${what}, which is not older than ${since}${isNew}; it may be this restore.`);
  }
  const caveat = before
    ? 'and has changed since then; it may be this restore.'
    : 'as far as the clocks can be trusted.';
  return unknown(`${what}, which is older than ${since}, ${caveat}`);
}

function unknown(evidence: string, looksNotStarted = false): Investigation<JobFacts> {
  const seen = omitUndefined({ looksNotStarted: looksNotStarted || undefined });
  return { outcome: 'unknown', evidence: [evidence], advice: ADVICE, ...seen };
}
